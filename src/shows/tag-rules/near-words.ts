/** The words that are written most like that one, the likest first, at most three; case does not count. */
export function nearWords(word: string, words: readonly string[]): string[] {
  const asked = word.toLowerCase().slice(0, 64)
  return words
    .map((each) => ({ each, distance: distanceOf(asked, each) }))
    .filter(({ each, distance }) => distance <= Math.max(2, each.length / 3) || each.includes(asked))
    .sort((one, other) => one.distance - other.distance)
    .slice(0, 3)
    .map(({ each }) => each)
}

/** Levenshtein's: how many letters are to be added, left out or changed. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1]
    for (const [at, otherLetter] of [...other].entries()) {
      const changed = (row[at] ?? 0) + (letter === otherLetter ? 0 : 1)
      next.push(Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}
