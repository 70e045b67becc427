export type Card = Readonly<{
  type: 'website' | 'article'
  site: string
  title: string
  description: string
  /** Absolute, as are all addresses here. */
  url: string
  imageUrl: string
  audio?: Readonly<{ url: string; type: string }>
}>

/** How a link to the page looks in other places: Open Graph (ogp.me) and X's card tags. */
export const SocialCard = ({ type, site, title, description, url, imageUrl, audio }: Card) => (
  <>
    <meta name="description" content={description} />
    <meta property="og:type" content={type} />
    <meta property="og:site_name" content={site} />
    <meta property="og:title" content={title} />
    <meta property="og:description" content={description} />
    <meta property="og:url" content={url} />
    <meta property="og:image" content={imageUrl} />
    {audio && (
      <>
        <meta property="og:audio" content={audio.url} />
        <meta property="og:audio:type" content={audio.type} />
      </>
    )}
    <meta name="twitter:card" content="summary" />
    <meta name="twitter:title" content={title} />
    <meta name="twitter:description" content={description} />
    <meta name="twitter:image" content={imageUrl} />
  </>
)
