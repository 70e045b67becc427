import createError from '@fastify/error'
import { AppError, invalid, tooLarge, unavailable } from '../core/errors.ts'

/** 415: the bytes are not a recording; the reason says what they are and what to upload (RFC 9110 §15.5.16). */
export const unsupportedRecording = (reason: string) => new UnsupportedRecording(reason)

const UnsupportedRecording = createError('UNSUPPORTED_RECORDING', '%s', 415)

export const overLimit = (maxUploadBytes: number) =>
  tooLarge(
    `This recording is over the limit of ${maxUploadBytes} bytes. Upload a compressed copy (FLAC, M4A or MP3), or raise MAX_UPLOAD_BYTES.`,
  )

export const brokenOff = () =>
  invalid('The upload broke off. Send it again, or use resumable uploads (tus) at /api/uploads.')

export const notStored = (cause: unknown) =>
  unavailable(
    'The recording could not be stored: the disk may be full, or the store away. Make room, then send it again.',
    cause,
  )

/** Whether that error speaks about the recording or its episode, so that trying again is of no use. Trouble of ours does not. */
export const isRefusal = (error: unknown): error is Error =>
  error instanceof UnsupportedRecording || (error instanceof AppError && error.code !== 'unavailable')
