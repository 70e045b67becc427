/** What the first bytes say, whatever the tag says; undefined for anything but JPEG and PNG. */
export function pictureType(bytes: Uint8Array): 'image/jpeg' | 'image/png' | undefined {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  if (start.startsWith('ffd8ff')) return 'image/jpeg'
  if (start === '89504e47') return 'image/png'
}
