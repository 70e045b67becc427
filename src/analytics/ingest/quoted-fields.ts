/**
 * The fields of a line of the Common Log Format's family: separated by spaces, some of them `"in quotation marks"` or
 * `[in brackets]`, which are taken off. A quotation mark ends a field where a space or nothing follows it, because not every
 * server escapes those within. Undefined when one is left open.
 */
export function splitFields(line: string): string[] | undefined {
  const fields: string[] = []
  const field = / *(?:"((?:\\.|[^\\])*?)"(?= |$)|\[([^\]]*)\](?= |$)|([^\s"[]\S*))/y
  const text = line.trimEnd()
  while (field.lastIndex < text.length) {
    const match = field.exec(text)
    if (!match) return undefined
    fields.push(match[1] ?? match[2] ?? (match[3] as string))
  }
  return fields
}

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/** What stood there before nginx (`\x22`, bytes of UTF-8 too) or Apache (`\"` as well) escaped it. */
export const unescapeField = (text: string): string =>
  text.replace(/((?:\\x[\da-f]{2})+)|\\(.)/gi, (_, bytes: string | undefined, character: string) =>
    bytes ? Buffer.from(bytes.replaceAll(/\\x/gi, ''), 'hex').toString() : (controls[character] ?? character),
  )
