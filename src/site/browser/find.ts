import { part } from './part.ts'

/** A field that leaves of a long text the paragraphs that have the words in it. */
for (const text of document.querySelectorAll<HTMLElement>('[data-find]')) connectFind(text)

function connectFind(text: HTMLElement): void {
  const field = part<HTMLInputElement>(text, 'input[type="search"]')
  const count = part(text, '[data-found]')
  const paragraphs = [...text.querySelectorAll<HTMLElement>('[data-paragraph]')]
  part(text, '[data-find-field]').hidden = false
  field.addEventListener('input', () => {
    const words = plain(field.value)
    for (const paragraph of paragraphs) paragraph.hidden = !plain(paragraph.textContent ?? '').includes(words)
    const found = paragraphs.filter(({ hidden }) => !hidden).length
    count.textContent = words && (found === 1 ? '1 passage' : `${found} passages`)
  })
}

/** Without capitals and accents. */
const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .trim()
