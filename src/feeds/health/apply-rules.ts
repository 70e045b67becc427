import { setImmediate as nextTurn } from 'node:timers/promises'
import { appleEpisodeRules } from './apple-episode.ts'
import { appleShowRules } from './apple-show.ts'
import type { InspectedShow } from './inspected-show.ts'
import { podcastNamespaceEpisodeRules, podcastNamespaceShowRules } from './podcast-namespace.ts'
import { pspEpisodeRules, pspShowRules } from './psp.ts'
import { type EpisodeRule, type Finding, objections, type ShowRule } from './rule.ts'
import { spotifyEpisodeRules, spotifyShowRules } from './spotify.ts'
import { youTubeShowRules } from './youtube.ts'

export const showRules: readonly ShowRule[] = [
  ...appleShowRules,
  ...spotifyShowRules,
  ...youTubeShowRules,
  ...pspShowRules,
  ...podcastNamespaceShowRules,
]

export const episodeRules: readonly EpisodeRule[] = [
  ...appleEpisodeRules,
  ...spotifyEpisodeRules,
  ...pspEpisodeRules,
  ...podcastNamespaceEpisodeRules,
]

/** Episodes that are looked at in one go: a few milliseconds. */
const sliceLength = 100

/** What every rule has against a show and its episodes. Others have their turn in between, however long the show is. */
export async function applyRules(show: InspectedShow): Promise<Finding[]> {
  const findings = objections(showRules, [show])
  for (let start = 0; start < show.episodes.length; start += sliceLength) {
    await nextTurn()
    for (const episode of show.episodes.slice(start, start + sliceLength)) {
      findings.push(...objections(episodeRules, [episode, show], episode.id))
    }
  }
  return findings
}
