import type { AudioView } from '../shows/schemas.ts'

/** What is too little to be told, dB or LU. */
const noteworthy = 0.05

/** A number and its unit stay on one line. */
const noBreak = '\u00a0'

/** How loud an episode was and became, in a few words each. */
export function loudnessWords(audio: AudioView): string[] {
  const { kept, source, gainDb, limitedDb, shortfallLu } = audio
  const facts = [
    nowWords(audio.loudness),
    ...(kept ? ['your audio was kept as it is'] : []),
    ...(!kept && source.integratedLufs !== null ? [`was ${level(source.integratedLufs)} LUFS`] : []),
    ...(kept ? [] : [gainWords(gainDb)]),
    ...(limitedDb >= noteworthy ? [`highest peaks lowered by up to ${limitedDb.toFixed(1)} dB`] : []),
    ...(shortfallLu >= noteworthy
      ? [`stays ${shortfallLu.toFixed(1)} LU below the target: more limiting would be heard`]
      : []),
  ]
  return facts.map((words) => words.replace(/(?<=\d) /g, noBreak))
}

function nowWords({ integratedLufs, truePeakDbtp, measuredAt }: AudioView['loudness']): string {
  if (measuredAt === undefined) return 'being measured'
  if (integratedLufs === null) return 'silent'
  return `${level(integratedLufs)} LUFS${truePeakDbtp === null ? '' : `, peaks ${level(truePeakDbtp)} dBTP`}`
}

function gainWords(gainDb: number): string {
  if (Math.abs(gainDb) < noteworthy) return 'left as loud as it was'
  return `${gainDb > 0 ? 'raised' : 'lowered'} by ${Math.abs(gainDb).toFixed(1)} dB`
}

/** With a true minus sign, and no minus before zero. */
const level = (value: number) =>
  value
    .toFixed(1)
    .replace(/^-(?=.*[1-9])/, '−')
    .replace(/^-/, '')
