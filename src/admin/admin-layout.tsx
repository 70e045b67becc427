import type { ComponentChildren } from 'preact'

type Props = Readonly<{ title: string; isSignedIn: boolean; children: ComponentChildren }>

/** The frame of the podcaster's pages. */
export const AdminLayout = ({ title, isSignedIn, children }: Props) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <meta name="color-scheme" content="light dark" />
      <title>{title}</title>
      <link rel="stylesheet" href="/admin/assets/admin.css" />
      {isSignedIn && <script src="/assets/tus.min.js" defer />}
      {isSignedIn && <script type="module" src="/admin/assets/browser/admin.js" />}
    </head>
    <body>
      <header class="top">
        <a class="brand" href="/">
          Longwave
        </a>
        {isSignedIn && (
          <form method="post" action="/admin/sign-out">
            <button type="submit" class="quiet">
              Sign out
            </button>
          </form>
        )}
      </header>
      <main>{children}</main>
    </body>
  </html>
)
