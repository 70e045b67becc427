import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { run } from './programs.ts'
import { type Sound, sampleRateHz } from './sound.ts'

/** Speaks the text slowly, as heard from a good old receiver. Uses espeak-ng and ffmpeg, and leaves files in the folder. */
export async function say(spoken: string, folder: string): Promise<Sound> {
  const plain = path.join(folder, 'speech.wav')
  const filtered = path.join(folder, 'speech.f32')
  await run('espeak-ng', ['-v', 'en-gb-x-rp', '-s', '138', '-p', '38', '-g', '2', '-a', '90', '-w', plain, spoken])
  const parameters = ['-v', 'error', '-y', '-i', plain, '-af', receiver, '-ar', String(sampleRateHz), '-ac', '1']
  await run('ffmpeg', [...parameters, '-f', 'f32le', filtered])
  const bytes = await readFile(filtered)
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

// A broadcast on longwave ends near 4.5 kHz; a little more is kept, and consonants are lifted, so that every word is clear.
const receiver = [
  'highpass=f=140',
  'equalizer=f=280:t=q:w=1:g=-2',
  'equalizer=f=2600:t=q:w=1:g=3',
  'lowpass=f=5600',
  'acompressor=threshold=-24dB:ratio=4:attack=3:release=160:makeup=2',
].join(',')
