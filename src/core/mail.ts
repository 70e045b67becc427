export type Letter = Readonly<{ to: string; subject: string; text: string }>

/** Sends letters through `SMTP_URL`. Rejects with `unavailable` when there is none, or when it does not take the letter. */
export type Mail = { send(letter: Letter): Promise<void> }
