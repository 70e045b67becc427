/** Show notes. The only place with raw HTML: `renderNotes` sanitised it when it was written. */
export const ShowNotes = ({ html }: Readonly<{ html: string }>) => (
  <div class="notes" data-notes dangerouslySetInnerHTML={{ __html: html }} />
)
