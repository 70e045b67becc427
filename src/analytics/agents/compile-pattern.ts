const longestPattern = 5_000

/** How often a pattern may say "any number of anything": each more multiplies the time by the length of the user agent. */
const mostWildcards = 3

/**
 * A stranger's pattern as a regular expression, if it cannot take long: no repetition of what is repeated already, few
 * wildcards in one alternative. Throws Error whose message goes on after "a pattern that".
 */
export function compilePattern(pattern: string): RegExp {
  if (pattern.length > longestPattern) throw new Error(`is longer than ${longestPattern} characters`)
  if (repeatsARepetition(pattern)) throw new Error('repeats a repetition, like (a+)+, and could take for ever')
  if (pattern.split('|').some((each) => wildcardsIn(each) > mostWildcards)) {
    throw new Error(`has more than ${mostWildcards} wildcards like .* in one alternative, and could take for ever`)
  }
  try {
    return new RegExp(pattern)
  } catch {
    throw new Error('is not a regular expression')
  }
}

const wildcardsIn = (alternative: string): number =>
  alternative.match(/(?<!\\)(\.|\\[SWD]|\[\^[^\]]*\])([*+]|\{\d+,\})/g)?.length ?? 0

/** Whether a group with a repetition in it is itself repeated without end. */
function repeatsARepetition(pattern: string): boolean {
  const bare = pattern.replace(/\\./g, '_').replace(/\[[^\]]*\]/g, '_')
  const isRepeatedIn: boolean[] = [false]
  for (let at = 0; at < bare.length; at++) {
    const isEndless = /^([*+]|\{\d+,\})/.test(bare.slice(at, at + 12))
    if (bare[at] === '(') isRepeatedIn.push(false)
    if (bare[at] !== ')') {
      if (isEndless) isRepeatedIn[isRepeatedIn.length - 1] = true
      continue
    }
    const isInside = isRepeatedIn.pop() ?? false
    const isAround = /^([*+]|\{\d+,\})/.test(bare.slice(at + 1, at + 13))
    if (isInside && isAround) return true
    isRepeatedIn[isRepeatedIn.length - 1] ||= isInside || isAround
  }
  return false
}
