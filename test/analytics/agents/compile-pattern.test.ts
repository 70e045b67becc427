import t from 'tap'
import { compilePattern } from '../../../src/analytics/agents/compile-pattern.ts'

const fine = [
  '^Castria/',
  'a+|b+',
  '(a|b)+',
  '\\(a+\\)+',
  '[(a+)]+',
  '(a+)?',
  '(a{2,3})*',
  '.*Android.*Chrome',
  '(.*a){2}',
]

for (const pattern of fine) t.ok(compilePattern(pattern), pattern)

const refused: [string, RegExp][] = [
  ['(a+)+', /repeats a repetition/],
  ['(a*)*$', /repeats a repetition/],
  ['((a+)b?)+', /repeats a repetition/],
  ['((a|b)+)+', /repeats a repetition/],
  ['(a{2,})+', /repeats a repetition/],
  ['(?:x|\\d+)*y', /repeats a repetition/],
  ['.*a.*b.*c.*d', /more than 3 wildcards/],
  ['(', /is not a regular expression/],
  ['a'.repeat(5_001), /longer than 5000 characters/],
]

for (const [pattern, message] of refused) t.throws(() => compilePattern(pattern), { message }, pattern.slice(0, 20))
