import { isbot } from 'isbot'

const words = [
  /(?<!tweet)bot(\b|[/_ -])|crawl|spider|slurp|archiver|harvest|\bmonitor(ing)?\b|wget|curl/i,
  /transcri(be|ption|pt)|whisper|speech-?to-?text|\bSTT\b|pyannote|speechmatics/i,
  /\bimport(er)?\b|importer|migration service|feed ?(validator|parser|fetcher|scanner|analyzer)|podcast[ -]?sync/i,
  /^(?!.*(CFNetwork|Android|iOS|Windows)).*(downloader|podcast-?(grabber|dl\b|bulk|puller)|scrape|preflight|pipeline|backfill|worker|-fetch)/i,
  /^\W*Mozilla(\/[\d.]+)?\W*$/,
]

/**
 * Whether a user agent that no table names says itself what it is, or only pretends to be a browser. isbot is asked about
 * browsers alone: it takes every short name (`Castria/1.0`) for a robot, and apps have such names.
 */
export const looksLikeRobot = (userAgent: string): boolean =>
  words.some((pattern) => pattern.test(userAgent)) || (userAgent.startsWith('Mozilla/') && isbot(userAgent))
