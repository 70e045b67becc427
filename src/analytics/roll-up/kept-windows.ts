import type { ListeningWindow } from '../window.ts'

/** A window as it is kept: without the names of its fields, which would be most of it. */
type KeptWindow = readonly [
  openedAt: number,
  /** This and `countedAt`: how long after its opening, ms. */
  lastAt: number,
  countedAt: number | null,
  country: string | null,
  /** The sum of the `marks` that it has. */
  marks: number,
  heard: ListeningWindow['heard'],
]

const marks = {
  isDelivered: 1,
  isInvited: 2,
  isSentOn: 4,
  isAskedWhole: 8,
  isHeardWhole: 16,
  isDownload: 32,
  isServedHere: 64,
}

/** The text that windows are kept as. */
export const writeWindows = (windows: readonly ListeningWindow[]): string => JSON.stringify(windows.map(toKept))

/** The windows of such a text. */
export const readWindows = (text: string): ListeningWindow[] => (JSON.parse(text) as KeptWindow[]).map(toWindow)

const toKept = (window: ListeningWindow): KeptWindow => [
  window.openedAt,
  window.lastAt - window.openedAt,
  window.countedAt === null ? null : window.countedAt - window.openedAt,
  window.country,
  (window.certainty === 'delivered' ? marks.isDelivered : 0) +
    (window.isInvited ? marks.isInvited : 0) +
    (window.isSentOn ? marks.isSentOn : 0) +
    (window.isAskedWhole ? marks.isAskedWhole : 0) +
    (window.isHeardWhole ? marks.isHeardWhole : 0) +
    (window.isDownload ? marks.isDownload : 0) +
    (window.isServedHere ? marks.isServedHere : 0),
  window.heard,
]

const toWindow = ([openedAt, lastAt, countedAt, country, sum, heard]: KeptWindow): ListeningWindow => ({
  openedAt,
  lastAt: openedAt + lastAt,
  country,
  countedAt: countedAt === null ? null : openedAt + countedAt,
  certainty: sum & marks.isDelivered ? 'delivered' : 'asked',
  heard,
  isInvited: (sum & marks.isInvited) > 0,
  isSentOn: (sum & marks.isSentOn) > 0,
  isServedHere: (sum & marks.isServedHere) > 0,
  isAskedWhole: (sum & marks.isAskedWhole) > 0,
  isHeardWhole: (sum & marks.isHeardWhole) > 0,
  isDownload: (sum & marks.isDownload) > 0,
})
