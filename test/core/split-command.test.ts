import fc from 'fast-check'
import t from 'tap'
import { splitCommand } from '../../src/core/split-command.ts'

t.test('a command line is split as a shell would', async (t) => {
  const rows: [string, string[]][] = [
    ['', []],
    ['  ', []],
    ['whisper', ['whisper']],
    [' whisper  {audio}\t--model small\n', ['whisper', '{audio}', '--model', 'small']],
    ["'/opt/my tools/run' {audio}", ['/opt/my tools/run', '{audio}']],
    ['"/opt/my tools/run" --key="a b"c', ['/opt/my tools/run', '--key=a bc']],
    ['/opt/my\\ tools/run', ['/opt/my tools/run']],
    ['a \'\' "" b', ['a', '', '', 'b']],
    ['"say \\"hi\\" \\\\ \\$5 \\n"', ['say "hi" \\ $5 \\n']],
    ["'a\\'", ['a\\']],
    [`sh -c 'whisper "$1" | sed s/a/b/' sh {audio}`, ['sh', '-c', 'whisper "$1" | sed s/a/b/', 'sh', '{audio}']],
    ['a | b > c; $HOME *', ['a', '|', 'b', '>', 'c;', '$HOME', '*']],
  ]
  for (const [text, words] of rows) t.same(splitCommand(text), words, text)
})

t.test('what is left open is refused', async (t) => {
  for (const text of ["'a", '"a', 'a "b\' c', 'a\\', '"a\\"'])
    t.throws(() => splitCommand(text), /that nothing closes/, text)
})

t.test('whatever is quoted comes back', async () => {
  const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`
  const doubleQuote = (word: string) => `"${word.replace(/["\\$`]/g, '\\$&')}"`
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
      for (const form of [quote, doubleQuote]) {
        const found = splitCommand(words.map(form).join(' '))
        if (JSON.stringify(found) !== JSON.stringify(words)) throw new Error(JSON.stringify(found))
      }
    }),
  )
})
