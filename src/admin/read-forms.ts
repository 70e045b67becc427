import type { FastifyRequest } from 'fastify'
import { invalid } from '../core/errors.ts'
import { EpisodeChanges, NewEpisode, NewShow, Publication } from '../shows/schemas.ts'
import { checkForm, type Typed } from './forms.ts'

/** A show's form as the API takes it. Throws `invalid` with the field's name. */
export function showFields(request: FastifyRequest, typed: Typed): NewShow {
  const text = (name: string) => (typed[name] ?? '').trim()
  const fields: NewShow = {
    title: text('title'),
    description: text('description'),
    author: text('author'),
    ownerEmail: text('ownerEmail'),
    category: text('category'),
    language: text('language'),
    explicit: typed.explicit === 'true',
    ...(typed.enclosurePrefix !== undefined && { enclosurePrefix: text('enclosurePrefix') || null }),
    ...(typed.timeZone !== undefined && { timeZone: text('timeZone') || null }),
    ...soundOf(typed),
  }
  checkForm(request, NewShow, fields)
  return fields
}

/** What the form does not send stays as it is. */
function soundOf(typed: Typed): Pick<NewShow, 'stereoLufs' | 'monoLufs' | 'stereoKbps' | 'monoKbps' | 'aacKbps'> {
  const isSent = (name: string) => typed[name] !== undefined
  return {
    ...(isSent('stereoLufs') && { stereoLufs: numberOf(typed, 'stereoLufs', -16) }),
    ...(isSent('monoLufs') && { monoLufs: numberOf(typed, 'monoLufs', -19) }),
    ...(isSent('stereoKbps') && { stereoKbps: Number(typed.stereoKbps) }),
    ...(isSent('monoKbps') && { monoKbps: Number(typed.monoKbps) }),
    ...(isSent('aacKbps') && { aacKbps: numberOf(typed, 'aacKbps', 64) }),
  }
}

/** A number, however people write it: `-16`, `−16,5 LUFS`. Null when nothing is written. Throws `invalid` with the example. */
function numberOf(typed: Typed, field: string, example: number): number | null {
  const text = (typed[field] ?? '')
    .replace(/LUFS|kb\/s|kbps/i, '')
    .replace('−', '-')
    .replace(',', '.')
    .trim()
  if (text === '') return null
  const value = Number(text)
  if (Number.isNaN(value)) throw invalid(`Write a number like ${example}, or leave it empty.`, field)
  return value
}

/** A new episode's form; an empty title is left out, so that it is taken from the recording. Throws `invalid`. */
export function newEpisodeFields(request: FastifyRequest, typed: Typed): NewEpisode {
  const title = typed.title?.trim()
  const fields: NewEpisode = { ...(title && { title }), notes: typed.notes ?? '' }
  checkForm(request, NewEpisode, fields)
  return fields
}

/** The form of an episode that is there; an empty title takes the title away. Throws `invalid`. */
export function storedEpisodeFields(request: FastifyRequest, typed: Typed): EpisodeChanges {
  const fields: EpisodeChanges = { title: typed.title?.trim() || null, notes: typed.notes ?? '' }
  checkForm(request, EpisodeChanges, fields)
  return fields
}

/** The instant to publish at, epoch ms: the page's script made it from the local time. Throws `invalid`. */
export function publicationInstant(request: FastifyRequest, typed: Typed): number {
  const at = typed.at ?? ''
  checkForm(request, Publication, { at })
  const instant = Date.parse(at)
  if (Number.isNaN(instant)) throw invalid('Choose a day and a time.', 'at')
  return instant
}
