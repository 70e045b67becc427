declare const printed: unique symbol

/** XML that is ready to stand in a document: only these functions make it, so that nothing gets in unescaped. */
export type Xml = string & { readonly [printed]: true }

/** Of attributes, and of elements that hold text alone. */
export type Value = string | number | boolean

/** Those that are undefined are left out. */
export type Attributes = Readonly<Record<string, Value | undefined>>

/** An element with others inside. */
export const element = (name: string, attributes: Attributes, children: readonly Xml[] = []): Xml =>
  (children.length === 0
    ? `<${name}${attributesXml(attributes)}/>`
    : `<${name}${attributesXml(attributes)}>\n${children.join('\n')}\n</${name}>`) as Xml

/** One element, or none where there is nothing to tell. */
export const optional = <Told>(told: Told | undefined, print: (told: Told) => Xml): Xml[] =>
  told === undefined ? [] : [print(told)]

/** An element with text inside. */
export const textElement = (name: string, value: Value, attributes?: Attributes): Xml =>
  `<${name}${attributes ? attributesXml(attributes) : ''}>${escaped(value)}</${name}>` as Xml

/** An element with HTML inside, which PSP-1 wants as CDATA. */
export const htmlElement = (name: string, html: string): Xml =>
  `<${name}><![CDATA[${xmlText(html).replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>` as Xml

/**
 * Text without what XML 1.0 §2.2 forbids (most control characters, lone surrogates, U+FFFE and U+FFFF), with line ends as every
 * parser reads them (§2.11), and without spaces around it (PSP-1).
 */
export function xmlText(text: string): string {
  if (!suspect.test(text)) return text.trim()
  return (
    text
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF\p{Surrogate}]/gu, '')
      .trim()
  )
}

/** Finds more than there is to do, and quickly: a surrogate may have its partner. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
const suspect = /[\u0000-\u0008\u000B-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/

/** The value of an attribute. Every parser reads a space for a line end or tab (XML 1.0 §3.3.3), so that is written. */
export const escapedAttribute = (value: Value): string => escaped(value).replace(/[\t\n]/g, ' ')

function attributesXml(attributes: Attributes): string {
  let xml = ''
  for (const name in attributes) {
    const value = attributes[name]
    if (value !== undefined) xml += ` ${name}="${escapedAttribute(value)}"`
  }
  return xml
}

function escaped(value: Value): string {
  if (typeof value !== 'string') return typeof value === 'number' ? decimal(value) : String(value)
  const text = xmlText(value)
  if (!/[&<>"]/.test(text)) return text
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

/** A number without an exponent, which no tag of the namespaces knows. */
function decimal(value: number): string {
  const text = String(value)
  return text.includes('e') ? value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 }) : text
}
