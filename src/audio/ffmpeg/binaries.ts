import { access, chmod, constants, stat } from 'node:fs/promises'
import path from 'node:path'

export type Binaries = Readonly<{
  /** Absolute paths. */
  ffmpeg: string
  ffprobe: string
  /** `npm`: the builds inside npm packages, older than what most systems have. */
  origin: 'PATH' | 'npm'
}>

let found: Promise<Binaries> | undefined

/** The ffmpeg and ffprobe of this machine, looked for once per process. Throws with what to install when there are none. */
export function findBinaries(): Promise<Binaries> {
  found ??= searchPath().then((binaries) => binaries ?? loadPackages())
  return found
}

async function searchPath(): Promise<Binaries | undefined> {
  const [ffmpeg, ffprobe] = await Promise.all([findProgram('ffmpeg'), findProgram('ffprobe')])
  return ffmpeg && ffprobe ? { ffmpeg, ffprobe, origin: 'PATH' } : undefined
}

async function findProgram(name: string): Promise<string | undefined> {
  const file = process.platform === 'win32' ? `${name}.exe` : name
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const candidate = path.resolve(folder, file)
    if (folder && (await isProgram(candidate))) return candidate
  }
}

async function isProgram(candidate: string): Promise<boolean> {
  try {
    await access(candidate, constants.X_OK)
    return (await stat(candidate)).isFile()
  } catch {
    return false
  }
}

async function loadPackages(): Promise<Binaries> {
  try {
    const ffmpeg = (await import('@ffmpeg-installer/ffmpeg')).default.path
    const ffprobe = (await import('@ffprobe-installer/ffprobe')).default.path
    await Promise.all([ffmpeg, ffprobe].map(makeExecutable))
    return { ffmpeg, ffprobe, origin: 'npm' }
  } catch (cause) {
    throw new Error(
      `There is no usable ffmpeg here: install ffmpeg and ffprobe (Debian, Ubuntu: apt install ffmpeg; macOS: brew install ffmpeg) ` +
        `so that both are on PATH. The npm packages have none that runs on ${process.platform}-${process.arch}.`,
      { cause },
    )
  }
}

/** Their install script does this, but it does not run with `npm ci --ignore-scripts`. */
async function makeExecutable(program: string): Promise<void> {
  if (!(await isProgram(program))) await chmod(program, 0o755)
}
