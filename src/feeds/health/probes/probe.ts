import type { App } from '../../../core/app.ts'
import type { Facts, HealthItem } from '../facts.ts'
import type { Finding, Objection } from '../finding.ts'
import { probeEnclosure } from './probe-enclosure.ts'
import { probeCover, probeFeed } from './probe-feed.ts'

const source = 'https://podcasters.apple.com/support/823-podcast-requirements'
const atOnce = 8
/** So many that do not answer at all, and the rest is not asked: the station cannot reach itself, or the prefix is down. */
const enoughSilent = 3

export type Probed = Readonly<{ findings: readonly Finding[]; checked: number; unchecked: number }>

/**
 * Asks the feed, the cover and the audio of each episode as Apple does: HEAD, and a range. Ends by itself when the signal aborts:
 * what was not asked by then is `unchecked`.
 */
export async function probe(app: App, facts: Facts, signal: AbortSignal): Promise<Probed> {
  const feed = await objections('The feed', () => probeFeed(app, facts, signal))
  if (feed.isSilent) {
    const message = `The station cannot reach itself at ${facts.publicUrl}, so its addresses were not tried: ${feed.found[0]?.message}`
    return { findings: [toFinding('reachable', { message })], checked: 0, unchecked: facts.items.length }
  }
  const cover = await objections('The cover', () => probeCover(app, facts, signal))
  const audio = await probeAudio(app, facts.items, signal)
  return {
    findings: [
      ...feed.found.map((each) => toFinding('feed', each)),
      ...cover.found.map((each) => toFinding('cover', each)),
      ...audio.found.map((each) => toFinding('enclosure', each)),
    ],
    checked: audio.checked,
    unchecked: facts.items.length - audio.checked,
  }
}

/** Some at a time, newest first. */
async function probeAudio(app: App, items: readonly HealthItem[], signal: AbortSignal) {
  const found: Objection[] = []
  const waiting = items.values()
  let checked = 0
  let silent = 0
  async function probeNext(): Promise<void> {
    for (const item of waiting) {
      if (signal.aborted || silent >= enoughSilent) return
      const answer = await objections(`The audio of “${item.title}”`, () => probeEnclosure(app, item, signal))
      if (signal.aborted) return
      checked += 1
      if (answer.isSilent) silent += 1
      found.push(...answer.found.map((each) => ({ ...each, episodeId: item.episodeId })))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, probeNext))
  return { found, checked }
}

/** What is wrong, with its subject in front; that nobody answers is wrong too. */
async function objections(
  subject: string,
  look: () => Promise<string[]>,
): Promise<Readonly<{ found: readonly Objection[]; isSilent: boolean }>> {
  try {
    const wrong = await look()
    return { found: wrong.map((words) => ({ message: `${subject} ${words}.` })), isSilent: false }
  } catch (error) {
    return { found: [{ message: `${subject} does not answer: ${(error as Error).message}` }], isSilent: true }
  }
}

const toFinding = (name: string, objection: Objection): Finding => ({
  rule: `apple/answers-${name}`,
  authority: 'Apple',
  source,
  level: 'error',
  ...objection,
})
