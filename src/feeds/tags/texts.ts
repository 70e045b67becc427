import type { FeedItem } from '../feed-model.ts'
import { element, type Xml } from '../xml.ts'

/** `podcast:transcript`: one for each form. */
export const transcriptElement = ({ url, type, language }: FeedItem['transcripts'][number]): Xml =>
  element('podcast:transcript', { url, type, language })

/** `podcast:chapters`. */
export const chaptersElement = (url: string): Xml =>
  element('podcast:chapters', { url, type: 'application/json+chapters' })
