/** A part of a word in quotes, an escaped or plain one; blanks; or, last, a quote or backslash that stands alone. */
const parts = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)|\s+|(.)/gs

/**
 * The words of a command line as a simple shell splits it (POSIX.1-2024, XCU 2.2): blanks part words; between '…' all is meant as
 * it stands; in "…" a backslash frees ", \, $ and `; elsewhere any character. Nothing else is special, because no shell runs it.
 * Throws an error that says what is open.
 */
export function splitCommand(text: string): string[] {
  const words: string[] = []
  let word: string | undefined
  for (const [, single, double, escaped, plain, open] of text.matchAll(parts)) {
    if (open !== undefined) throw new Error(`has a ${open} that nothing closes: quote it, or close it`)
    const said = single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain
    if (said !== undefined) word = (word ?? '') + said
    else if (word !== undefined) {
      words.push(word)
      word = undefined
    }
  }
  return word === undefined ? words : [...words, word]
}
