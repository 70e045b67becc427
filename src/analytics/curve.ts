import { audioParts } from './heard-parts.ts'

/** How many days after its publication an episode is watched one by one. */
export const firstDays = 90

/** How far listeners came: of how many it is known, and how many fetched each part of the audio. */
export type Fetched = { listeners: number; parts: number[] }

/** What is counted of an episode since ever, whatever the days. */
export type Curve = {
  downloads: number
  /** In each of the first `firstDays` times 24 hours after publication. */
  firstDays: number[]
  streaming: Fetched
  download: Fetched
}

export const emptyCurve = (): Curve => ({
  downloads: 0,
  firstDays: zeros(firstDays),
  streaming: { listeners: 0, parts: zeros(audioParts) },
  download: { listeners: 0, parts: zeros(audioParts) },
})

/** Both together. */
export const addCurves = (one: Curve, other: Curve): Curve => ({
  downloads: one.downloads + other.downloads,
  firstDays: addLists(one.firstDays, other.firstDays),
  streaming: addFetched(one.streaming, other.streaming),
  download: addFetched(one.download, other.download),
})

/** Whether nothing is counted in it. */
export const isFlat = ({ downloads, firstDays, streaming, download }: Curve): boolean =>
  downloads === 0 && firstDays.every(isZero) && isFlatFetched(streaming) && isFlatFetched(download)

const isFlatFetched = ({ listeners, parts }: Fetched) => listeners === 0 && parts.every(isZero)

const addFetched = (one: Fetched, other: Fetched): Fetched => ({
  listeners: one.listeners + other.listeners,
  parts: addLists(one.parts, other.parts),
})

const addLists = (one: readonly number[], other: readonly number[]) =>
  one.map((value, index) => value + (other[index] ?? 0))

const isZero = (value: number) => value === 0

const zeros = (count: number): number[] => new Array<number>(count).fill(0)
