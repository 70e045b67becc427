import { invalid } from '../core/errors.ts'

/** An opening or empty element: its name without prefix, its attributes, and the line on which it begins, from 1. */
export type Tag = Readonly<{ name: string; attributes: ReadonlyMap<string, string>; line: number }>

/**
 * The elements of a small XML document, in order. Strict and without ambition: no document type, so no entities but XML's own
 * five and character references (XML 1.0 §4.6); nothing is fetched, nothing expands. Throws `invalid`, with the line.
 */
export function readTags(xml: string): Tag[] {
  const tags: Tag[] = []
  let [line, counted] = [1, 0]
  for (let at = 0; at < xml.length; ) {
    piece.lastIndex = at
    const match = piece.exec(xml)
    line += xml.slice(counted, at).split('\n').length - 1
    counted = at
    if (!match) throw invalid(`Line ${line}: this is not well-formed XML, or has a document type, which is not taken.`)
    const [whole, name, attributes = ''] = match
    if (name) tags.push({ name: name.replace(/^.*:/, ''), attributes: readAttributes(attributes, line), line })
    at += whole.length
  }
  return tags
}

/** What a document is made of: comment, CDATA, instruction, closing tag, opening tag (its name and attributes), text. */
const piece = /<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<\/[^<>]*>|<([\w:.-]+)((?:"[^"<]*"|'[^'<]*'|[^"'<>])*)>|[^<]+/sy

function readAttributes(text: string, line: number): Map<string, string> {
  const attributes = new Map<string, string>()
  for (const [, name = '', double, single = ''] of text.matchAll(
    /([\w:.-]{1,100})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)')/g,
  )) {
    attributes.set(name, readReferences(double ?? single, line))
  }
  return attributes
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function readReferences(text: string, line: number): string {
  return text.replace(/&([^;&]{0,12};?)/g, (reference, inner: string) => {
    const name = inner.slice(0, -1)
    const code = /^#x[\da-f]{1,6}$/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.replace(/^#/, ''))
    const isCode = name.startsWith('#') && code > 0 && code <= 0x10ffff
    const character = isCode ? String.fromCodePoint(code) : Object.hasOwn(entities, name) && entities[name]
    if (inner.endsWith(';') && character) return character
    throw invalid(`Line ${line}: “${reference.slice(0, 14)}” is not an entity that is known here. Write & as &amp;.`)
  })
}
