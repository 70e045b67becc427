import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { commandEnvironment } from '../../core/command-environment.ts'
import { tryParsePercent } from './percent.ts'
import { type CommandEnd, runCommand } from './run-command.ts'

type Options = Readonly<{
  /** The file that is transcribed. */
  audio: string
  /** An empty folder of its own, for what it writes. */
  folder: string
  /** Language tag (BCP 47); programs are told its first part, as most know no others. */
  language: string
  signal: AbortSignal
  /** Called with each percentage that the program tells on standard error, 0 to 1. */
  onProgress(fraction: number): void
  /** Wall-clock time after which the run is stopped. */
  limitSeconds?: number
}>

/** The operator's program gave nothing that can be used. The message is for podcasters, `cause` for the log: what it printed last. */
export class TranscriberFailed extends Error {
  override readonly name = 'TranscriberFailed'
}

const mebibyte = 1024 * 1024
const mostBytes = 10 * mebibyte
const tailLines = 20

/**
 * Runs the operator's program on a file and returns what it gave: WebVTT, it is hoped. In its arguments `{audio}` is the file,
 * which comes last when it is named nowhere, `{language}` like `en`, and `{output}` where to write: that very file, the same with
 * `.vtt` after it (as whisper.cpp does), or a folder with `<name of the audio>.vtt` in it (as OpenAI's whisper does).
 * Without `{output}` it is what it prints. Rejects with the signal's reason when it aborts, and with `TranscriberFailed`.
 */
export async function runTranscriber(command: readonly string[], options: Options): Promise<Buffer> {
  const { audio, folder, language, signal, onProgress, limitSeconds = 6 * 3600 } = options
  const output = path.join(folder, 'transcript')
  const writesFile = command.some((word) => word.includes('{output}'))
  const tail: string[] = []
  const deadline = AbortSignal.timeout(limitSeconds * 1000)
  const end = await runCommand(fillIn(command, { audio, output, language: language.split('-', 1)[0] ?? '' }), {
    environment: { ...commandEnvironment(process.env), TMPDIR: folder },
    ...(!writesFile && { mostBytes }),
    signal: AbortSignal.any([signal, deadline]),
    onLine(line) {
      const fraction = tryParsePercent(line)
      if (fraction === undefined) keepLast(tail, line)
      else onProgress(fraction)
    },
  }).catch((cause) => {
    signal.throwIfAborted()
    if (deadline.aborted) throw failed(`It was stopped after ${limitSeconds / 3600} hours.`, tail)
    throw isPassing(cause) ? cause : failed('It could not be started: is TRANSCRIBE_COMMAND right?', [cause.message])
  })
  demandSuccess(end, tail)
  return writesFile ? readOutput(output, audio) : (end.output ?? Buffer.alloc(0))
}

type Places = Readonly<{ audio: string; output: string; language: string }>

function fillIn(command: readonly string[], places: Places): string[] {
  const words = command.some((word) => word.includes('{audio}')) ? command : [...command, '{audio}']
  return words.map((word) => word.replace(/\{(audio|output|language)\}/g, (_, name: keyof Places) => places[name]))
}

function keepLast(tail: string[], line: string): void {
  if (line.trim() === '') return
  tail.push(line.slice(0, 500))
  if (tail.length > tailLines) tail.shift()
}

/** The machine has no room for another process just now. */
const isPassing = (error: NodeJS.ErrnoException): boolean => /^(EAGAIN|ENOMEM|EMFILE|ENFILE)$/.test(error.code ?? '')

function demandSuccess({ exitCode, endedBy, output }: CommandEnd, tail: readonly string[]): void {
  if (output === undefined) throw failed(`It printed more than ${mostBytes / mebibyte} MiB.`, tail)
  // Ended from outside (out of memory, shutdown): that says nothing about the program.
  if (endedBy === 'SIGKILL' || endedBy === 'SIGTERM') throw new Error(`The transcriber was ended by ${endedBy}`)
  if (exitCode !== 0) throw failed(`It ended with an error (${endedBy ?? `exit code ${exitCode}`}).`, tail)
}

async function readOutput(output: string, audio: string): Promise<Buffer> {
  for (const file of [output, `${output}.vtt`, path.join(output, `${path.parse(audio).name}.vtt`)]) {
    const found = await stat(file).catch(() => undefined)
    if (!found?.isFile()) continue
    if (found.size > mostBytes) throw failed(`It wrote more than ${mostBytes / mebibyte} MiB.`)
    return readFile(file)
  }
  throw failed('It wrote nothing to {output}.')
}

const failed = (what: string, tail: readonly string[] = []) =>
  new TranscriberFailed(
    `The transcriber of this station failed. ${what} Try again; if it fails again, its operator finds more in the log.`,
    { cause: new Error(tail.join('\n')) },
  )
