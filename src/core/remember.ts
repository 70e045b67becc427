/**
 * A function of one text that remembers its last answers, at most `limit` of them: then it forgets them all, which costs less
 * than to know the oldest.
 */
export function remember<Answer>(limit: number, answer: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>()
  return (text) => {
    const remembered = known.get(text)
    if (remembered !== undefined || known.has(text)) return remembered as Answer
    const made = answer(text)
    if (known.size >= limit) known.clear()
    known.set(text, made)
    return made
  }
}
