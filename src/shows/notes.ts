import MarkdownIt from 'markdown-it'
import sanitize from 'sanitize-html'
import { storableText } from '../core/db.ts'

const longestSummary = 300

const markdown = new MarkdownIt({ html: true, linkify: true, breaks: true })

const allowed: sanitize.IOptions = {
  allowedTags: [
    'p',
    'br',
    'ol',
    'ul',
    'li',
    'a',
    'b',
    'i',
    'strong',
    'em',
    'h3',
    'h4',
    'blockquote',
    'code',
    'pre',
    'hr',
  ],
  allowedAttributes: { a: ['href', 'rel'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  transformTags: {
    h1: 'h3',
    h2: 'h3',
    h5: 'h4',
    h6: 'h4',
    del: 'em',
    s: 'em',
    a: sanitize.simpleTransform('a', { rel: 'nofollow noopener' }),
  },
}

/** Show notes as safe HTML: Markdown rendered, then everything taken out that is not plain text formatting. */
export const renderNotes = (notes: string): string => sanitize(markdown.render(notes), allowed).trim()

/**
 * The same notes with the tags that PSP-1 allows in a feed's descriptions; headings become bold paragraphs. It takes what
 * `renderNotes` gave, where each `<` begins a tag: so a thousand notes are done in milliseconds.
 */
export const feedNotes = (notesHtml: string): string =>
  notesHtml
    .replace(/<h[34]>/g, '<p><strong>')
    .replace(/<\/h[34]>/g, '</strong></p>')
    .replace(/<a [^>]*>/g, (tag) => `<a${/ href="[^"]*"/.exec(tag)?.[0] ?? ''}>`)
    .replace(/<(?!\/?(?:p|[ou]l|li|a|b|i|strong|em)[ >])[^>]*>/g, '')

/**
 * What an episode is about, on one line of at most 300 characters: the first paragraph of its notes without formatting, else
 * all of them.
 */
export function summaryOf(notesHtml: string): string {
  const text = plainNotes(/<p>.*?<\/p>/s.exec(notesHtml)?.[0] ?? notesHtml).replaceAll('\n', ' ')
  // Where there are no words, a cut can halve a character.
  return storableText(excerpt(text, longestSummary - 1))
}

/** The beginning of a text, cut between words. */
export function excerpt(text: string, length: number): string {
  if (text.length <= length) return text
  const cut = text.slice(0, length + 1)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), length / 2)).replace(/[\s,;:.–-]+$/, '')}…`
}

/** The notes in plain words: a line for each paragraph, item and heading. */
export const plainNotes = (notesHtml: string): string =>
  sanitize(notesHtml.replace(/<\/(p|li|h3|h4)>|<br ?\/?>/g, '\n'), {
    allowedTags: [],
    allowedAttributes: {},
    textFilter: (text) =>
      text
        .replace(/&amp;/g, '&')
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&quot;/g, '"'),
  })
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
