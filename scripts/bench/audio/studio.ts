import { withFolder } from '../leaving.ts'
import { makeHour } from './hour.ts'
import { type Material, makeMaterial } from './material.ts'
import { makeRecordings, type Recording } from './recordings.ts'

/** Where recordings come from: each is made when it is first asked for, once for all benches of a run. */
export type Studio = Readonly<{
  /** An hour of talk as a WAV: see `makeHour`. */
  hour(): Promise<string>
  recordings(): Promise<readonly Recording[]>
}>

/** Opens a studio in a folder that exists; what it makes stays there. */
export function openStudio(folder: string): Studio {
  let material: Promise<Material> | undefined
  let hour: Promise<string> | undefined
  let recordings: Promise<readonly Recording[]> | undefined
  const materials = () => (material ??= makeMaterial(folder))
  return {
    hour: () => (hour ??= materials().then((material) => makeHour(folder, material))),
    recordings: () => (recordings ??= materials().then((material) => makeRecordings(folder, material))),
  }
}

/** Runs the work with a studio in a temporary folder, and deletes everything. */
export const withStudio = <T>(work: (studio: Studio) => Promise<T>): Promise<T> =>
  withFolder('longwave-studio-', (folder) => work(openStudio(folder)))
