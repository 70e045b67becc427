import {
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  type MultipartUpload,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3'
import { s3Failure } from './s3-client.ts'

type Below = { Bucket: string; Prefix: string }

/**
 * Every upload that left anything below the prefix: its object, its record, a rest, or only a multipart upload that a crash
 * left open. `createdAt`: of the oldest of these, epoch ms.
 */
export async function* tracesOfUploads(
  client: S3Client,
  below: Below,
): AsyncGenerator<{ uploadId: string; createdAt: number }> {
  const createdAts = new Map<string, number>()
  for await (const { Key = '', at = new Date(0) } of traces(client, below)) {
    const uploadId = Key.slice(below.Prefix.length).replace(/\.(info|part)$/, '')
    createdAts.set(uploadId, Math.min(at.getTime(), createdAts.get(uploadId) ?? Number.POSITIVE_INFINITY))
  }
  for (const [uploadId, createdAt] of createdAts) yield { uploadId, createdAt }
}

async function* traces(client: S3Client, below: Below): AsyncGenerator<{ Key?: string; at?: Date }> {
  for await (const { Key, Initiated } of openMultipartUploads(client, below)) yield { Key, at: Initiated }
  try {
    for await (const page of paginateListObjectsV2({ client }, below)) {
      for (const { Key, LastModified } of page.Contents ?? []) yield { Key, at: LastModified }
    }
  } catch (error) {
    throw s3Failure(error)
  }
}

/** The multipart uploads that were begun below the prefix, and neither completed nor aborted. */
export async function* openMultipartUploads(client: S3Client, below: Below): AsyncGenerator<MultipartUpload> {
  let page: ListMultipartUploadsCommandOutput | undefined
  do {
    const markers = { KeyMarker: page?.NextKeyMarker, UploadIdMarker: page?.NextUploadIdMarker }
    try {
      page = await client.send(new ListMultipartUploadsCommand({ ...below, ...markers }))
    } catch (error) {
      throw s3Failure(error)
    }
    yield* page.Uploads ?? []
  } while (page.IsTruncated)
}
