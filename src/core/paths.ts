import { existsSync } from 'node:fs'
import path from 'node:path'

/** The folder of this program: where package.json stands, however deep the running file lies below it. */
export const programFolder = folderWith('package.json', import.meta.dirname)

/** A compiled or copied part of src/, by its path there. */
export const builtFolder = (name: string) => path.join(programFolder, 'dist/src', name)

function folderWith(name: string, start: string): string {
  if (existsSync(path.join(start, name))) return start
  const parent = path.dirname(start)
  if (parent === start) throw new Error(`There is no ${name} above ${import.meta.dirname}`)
  return folderWith(name, parent)
}
