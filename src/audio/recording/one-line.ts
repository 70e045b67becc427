/** Text as one line without control characters, of at most so many characters; undefined when nothing is left. */
export function oneLine(text: string | undefined, longest: number): string | undefined {
  const line = text
    ?.slice(0, 4 * longest)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/\p{Surrogate}/gu, '')
    .trim()
  return line ? Array.from(line).slice(0, longest).join('').trim() : undefined
}
