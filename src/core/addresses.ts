/**
 * Every public address of a station, each made by one function. `at` is `config`: its `publicUrl` has no slash
 * at the end. File names in them are ASCII (Apple's rule for enclosures).
 */
type At = Readonly<{ publicUrl: string }>

export const homeUrl = (at: At) => `${at.publicUrl}/`

export const showUrl = (at: At, showSlug: string) => `${at.publicUrl}/shows/${showSlug}`

export const feedUrl = (at: At, showSlug: string) => `${showUrl(at, showSlug)}/feed.xml`

/** An older page of the feed: its episodes are those before that number, counted from the oldest (RFC 5005 §3). */
export const feedPageUrl = (feedUrl: string, before: number) => `${feedUrl}?before=${before}`

/** The feed for who holds a feed token. Below `/p/` addresses hold secrets: no log may show them. */
export const privateFeedUrl = (at: At, showSlug: string, feedToken: string) =>
  `${showUrl(at, showSlug)}/p/${feedToken}/feed.xml`

/** What a feed that came here from elsewhere answers at too: a path of its former host. */
export const aliasUrl = (at: At, path: string) => `${at.publicUrl}${path}`

export const episodeUrl = (at: At, showSlug: string, episodeSlug: string) =>
  `${showUrl(at, showSlug)}/episodes/${episodeSlug}`

/** The enclosure: it counts downloads, and never changes once it was in a feed. */
export const audioUrl = (at: At, episodeId: string, file: string) => `${at.publicUrl}/audio/${episodeId}/${file}`

/** The enclosure, to be saved as a file. */
export const downloadUrl = (at: At, episodeId: string, file: string) => `${at.publicUrl}/download/${episodeId}/${file}`

/** The enclosure for who holds a feed token. It never expires. Below `/p/` addresses hold secrets: no log may show them. */
export const privateAudioUrl = (at: At, feedToken: string, episodeId: string, file: string) =>
  `${at.publicUrl}/audio/p/${feedToken}/${episodeId}/${file}`

/** Bytes that never change: what a CDN pulls. */
export const mediaUrl = (at: At, renditionId: string, file: string) => `${at.publicUrl}/media/${renditionId}/${file}`

/** The same, to be saved as a file: a path of its own, because caches often do not look at queries. */
export const mediaDownloadUrl = (at: At, renditionId: string, file: string) =>
  `${at.publicUrl}/media/${renditionId}/download/${file}`

/** The same bytes for a while, public or not, for who was given the signed query. */
export const signedMediaUrl = (at: At, renditionId: string, file: string, query: Readonly<Record<string, string>>) =>
  `${at.publicUrl}/media/p/${renditionId}/${file}?${new URLSearchParams(query)}`

/** The outline of the audio as JSON. */
export const waveformUrl = (at: At, episodeId: string) => `${at.publicUrl}/episodes/${episodeId}/waveform.json`

export const artworkUrl = (at: At, artworkId: string, extension: string) =>
  `${at.publicUrl}/artwork/${artworkId}/cover.${extension}`

/** The cover of a show that has none of its own: it keeps Apple's rules too. */
export const defaultArtworkUrl = (at: At) => `${at.publicUrl}/assets/cover/1400.jpg`

/** The same picture in another size, which stands beside it. */
export const sizedArtworkUrl = (coverUrl: string, size: number, extension: string) =>
  new URL(`${size}.${extension}`, coverUrl).href

/** JSON chapters of an episode. */
export const chaptersUrl = (at: At, episodeId: string) => `${at.publicUrl}/episodes/${episodeId}/chapters.json`

export const chapterImageUrl = (at: At, episodeId: string, imageId: string, extension: string) =>
  `${at.publicUrl}/episodes/${episodeId}/chapter-images/${imageId}.${extension}`

/** `form` is vtt, srt, json or html. */
export const transcriptUrl = (at: At, episodeId: string, form: string) =>
  `${at.publicUrl}/episodes/${episodeId}/transcript.${form}`

/** What makes a feed readable in a browser. Relative, so that it is the same origin by whatever name the station is reached. */
export const feedStylePath = () => '/assets/feed.css'

/** Relative, because a client may reach the API by another address than listeners do. */
export const uploadPath = (uploadId: string) => `/api/uploads/${uploadId}`

/** How downloads are counted, in plain words. */
export const countingUrl = (at: At) => `${at.publicUrl}/about/counting`

export const adminUrl = (at: At) => `${at.publicUrl}/admin`

/** The path alone, for links within the station's own pages. */
export const pathOf = (url: string) => new URL(url).pathname
