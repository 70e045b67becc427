import type { Db } from '../core/db.ts'

/**
 * The outline of an upload's audio: the lowest and the highest sample in turn, -128 to 127, of as many parts of equal length.
 * All channels together; about 1,800 pairs, fewer when the audio is very short.
 */
export type Peaks = readonly number[]

/** JSON as BBC's audiowaveform writes it (version 2, https://github.com/bbc/audiowaveform/blob/master/doc/DataFormat.md). */
export type AudiowaveformJson = Readonly<{
  version: 2
  channels: 1
  sample_rate: number
  samples_per_pixel: number
  bits: 8
  /** Pairs. */
  length: number
  data: Peaks
}>

/** Undefined when none was made of that upload. */
export async function findWaveform(db: Db, uploadId: string): Promise<Peaks | undefined> {
  const row = await db.selectFrom('waveform').select('peaks').where('uploadId', '=', uploadId).executeTakeFirst()
  return row && JSON.parse(row.peaks)
}

/** Of the audio of that rendition. */
export async function findWaveformOfRendition(db: Db, renditionId: string | null): Promise<Peaks | undefined> {
  if (renditionId === null) return undefined
  const row = await withRenditions(db)
    .select('waveform.peaks')
    .where('rendition.id', '=', renditionId)
    .executeTakeFirst()
  return row && JSON.parse(row.peaks)
}

/** Which of these renditions have a waveform; null ids are passed over. */
export async function renditionsWithWaveform(db: Db, renditionIds: readonly (string | null)[]): Promise<Set<string>> {
  const wanted = renditionIds.filter((id) => id !== null)
  if (wanted.length === 0) return new Set()
  const rows = await withRenditions(db).select('rendition.id').where('rendition.id', 'in', wanted).execute()
  return new Set(rows.map(({ id }) => id))
}

type Outline = Readonly<{ uploadId: string; peaks: Peaks; createdAt: number }>

/** Keeps the outline of an upload's audio, in the place of an earlier one. */
export async function saveWaveform(db: Db, { uploadId, peaks, createdAt }: Outline): Promise<void> {
  const row = { peaks: JSON.stringify(peaks), createdAt }
  await db
    .insertInto('waveform')
    .values({ uploadId, ...row })
    .onConflict((conflict) => conflict.column('uploadId').doUpdateSet(row))
    .execute()
}

/** The same outline for the programs that read audiowaveform's files. */
export function audiowaveformJson(
  peaks: Peaks,
  { sampleRateHz, durationSeconds }: Readonly<{ sampleRateHz: number; durationSeconds: number }>,
): AudiowaveformJson {
  const length = Math.floor(peaks.length / 2)
  return {
    version: 2,
    channels: 1,
    sample_rate: sampleRateHz,
    // A whole number, as readers demand; they find the duration by it.
    samples_per_pixel: Math.max(1, Math.round((durationSeconds * sampleRateHz) / Math.max(1, length))),
    bits: 8,
    length,
    data: peaks,
  }
}

const withRenditions = (db: Db) =>
  db.selectFrom('waveform').innerJoin('rendition', 'rendition.uploadId', 'waveform.uploadId')
