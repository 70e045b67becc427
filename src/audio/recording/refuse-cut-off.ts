import { invalid } from '../../core/errors.ts'

/** Throws `invalid` when clearly less was decoded than the file's header promises: over 1 s and over 0.5 % (both in seconds). */
export function refuseCutOff(decodedSeconds: number, promisedSeconds: number | undefined): void {
  if (promisedSeconds === undefined) return
  const missing = promisedSeconds - decodedSeconds
  if (missing <= 1 || missing <= promisedSeconds * 0.005) return
  throw invalid(
    `This recording ends after ${clock(decodedSeconds)}, but its header promises ${clock(promisedSeconds)}: it was cut off ` +
      `on its way. Upload it again, or export it again if the file on your machine is cut off too.`,
  )
}

/** 298 -> `4:58`, 3661 -> `1:01:01` */
function clock(seconds: number): string {
  const whole = Math.round(seconds)
  const parts = [Math.floor(whole / 60) % 60, whole % 60]
  const hours = Math.floor(whole / 3600)
  const [first, ...rest] = hours > 0 ? [hours, ...parts] : parts
  return [first, ...rest.map((part) => String(part).padStart(2, '0'))].join(':')
}
