import type { JSX } from 'preact'

type Shape = Readonly<{ class?: string; children: JSX.Element | JSX.Element[] }>

const Icon = ({ class: name, children }: Shape) => (
  <svg class={name ? `icon ${name}` : 'icon'} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    {children}
  </svg>
)

/** The station's mark: a mast and its waves. */
export const Mast = () => (
  <Icon class="line">
    <path d="M12 9 8.5 21M12 9l3.5 12M10.2 15h3.6M9.3 18.2h5.4" />
    <path d="M8.2 10.2a5 5 0 0 1 0-6.4M15.8 10.2a5 5 0 0 0 0-6.4M5.3 12.6a9 9 0 0 1 0-11.2M18.7 12.6a9 9 0 0 0 0-11.2" />
    <circle class="lamp" cx="12" cy="7" r="1.7" />
  </Icon>
)

export const PlayIcon = () => (
  <Icon class="when-paused">
    <path d="M8 4.8v14.4a.8.8 0 0 0 1.2.7l11.4-7.2a.8.8 0 0 0 0-1.4L9.2 4.1a.8.8 0 0 0-1.2.7Z" />
  </Icon>
)

export const PauseIcon = () => (
  <Icon class="when-playing">
    <path d="M6.5 4h3.4v16H6.5zM14.1 4h3.4v16h-3.4z" />
  </Icon>
)

/** A turn back or ahead, with the seconds written in it. */
export const SkipIcon = ({ seconds }: Readonly<{ seconds: number }>) => (
  <Icon class="line skip">
    {seconds < 0 ? (
      <path d="M4.5 12.5A7.5 7.5 0 1 0 12 5H8M10.6 2 7.4 5l3.2 3" />
    ) : (
      <path d="M19.5 12.5A7.5 7.5 0 1 1 12 5h4M13.4 2l3.2 3-3.2 3" />
    )}
    <text x="12" y="15.4" text-anchor="middle">
      {Math.abs(seconds)}
    </text>
  </Icon>
)

export const LoudspeakerIcon = () => (
  <Icon class="line">
    <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5Z" />
    <path class="when-loud" d="M15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11" />
    <path class="when-muted" d="m16 9.5 5 5m0-5-5 5" />
  </Icon>
)
