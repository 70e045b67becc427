import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { joined } from './replaced-head.ts'

type Name = Readonly<{ Bucket: string; Key: string }>

type Replacement = Readonly<{
  from: Name
  to: Name
  /** At most one part long. */
  head: Buffer
  /** How many bytes of `from` it takes the place of. */
  skip: number
  /** Of the new object, in bytes. */
  size: number
  /** At least 5 MiB, at most 5 GiB, and not over 10,000 of them. */
  partBytes: number
  type: string
}>

const copiesInFlight = 4

/**
 * Makes a large object whose first part is put, and whose other parts the provider copies by itself (UploadPartCopy). All but
 * the last are equally long, because some providers (R2) demand it. When anything fails, no part stays behind.
 */
export async function replaceLargeHead(client: S3Client, replacement: Replacement): Promise<void> {
  const { to, type } = replacement
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...to, ContentType: type }))
  const upload = { ...to, UploadId }
  try {
    const first = await putFirstPart(client, upload, replacement)
    const others = await allEnded(copyLanes(client, upload, replacement))
    const Parts = [first, ...others.flat()].sort((one, other) => one.PartNumber - other.PartNumber)
    await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }))
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => {})
    throw error
  }
}

type Upload = Name & Readonly<{ UploadId: string | undefined }>
type Part = CompletedPart & { PartNumber: number }

async function putFirstPart(client: S3Client, upload: Upload, replacement: Replacement): Promise<Part> {
  const { from, head, skip, partBytes } = replacement
  const Range = `bytes=${skip}-${skip + partBytes - head.length - 1}`
  const rest = async () => (await client.send(new GetObjectCommand({ ...from, Range }))).Body as Readable
  const Body = await buffer(joined(head, rest))
  const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body }))
  return { PartNumber: 1, ETag }
}

function copyLanes(client: S3Client, upload: Upload, replacement: Replacement): Promise<Part[]>[] {
  const parts = Math.ceil(replacement.size / replacement.partBytes)
  const numbers = Array.from({ length: parts - 1 }, (_, index) => index + 2)
  return Array.from({ length: copiesInFlight }, async (_, lane) => {
    const copied: Part[] = []
    for (const number of numbers.filter((number) => number % copiesInFlight === lane)) {
      copied.push(await copyPart(client, upload, replacement, number))
    }
    return copied
  })
}

async function copyPart(client: S3Client, upload: Upload, replacement: Replacement, PartNumber: number): Promise<Part> {
  const { from, head, skip, size, partBytes } = replacement
  const inOld = (position: number) => position - head.length + skip
  const start = (PartNumber - 1) * partBytes
  const end = Math.min(start + partBytes, size) - 1
  const { CopyPartResult } = await client.send(
    new UploadPartCopyCommand({
      ...upload,
      PartNumber,
      CopySource: [from.Bucket, ...from.Key.split('/')].map(encodeURIComponent).join('/'),
      CopySourceRange: `bytes=${inOld(start)}-${inOld(end)}`,
    }),
  )
  return { PartNumber, ETag: CopyPartResult?.ETag }
}

/** Waits for all of them, so that none still writes into an upload that is aborted. */
async function allEnded<T>(works: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(works)
  return Promise.all(works)
}
