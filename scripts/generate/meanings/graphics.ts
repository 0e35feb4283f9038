import type { Meanings } from "./meanings.ts";

/** How people see and operate a guest. */
export const graphics: Meanings = {
  graphics: "A display of the guest on the host or over the network.",
  "graphics/@type":
    "The kind of display. `vnc`, `spice` and `rdp` are servers that others can connect to; `sdl` and `desktop` are windows on the host; `egl-headless` only renders.",
  "graphics/@display": "The host's X display that the window opens on.",
  "graphics/@xauth": "The path of the X authority file for that display.",
  "graphics/@fullscreen": "Whether the window fills the screen.",
  "graphics/@port":
    "The server's TCP port; -1 lets libvirt choose. Without TLS set up on the host, its traffic is not encrypted.",
  "graphics/@autoport": "Whether libvirt chooses the ports at each start, whatever `port` says.",
  "graphics/@websocket": "The TCP port for VNC over WebSocket; -1 lets libvirt choose. There is none when absent.",
  "graphics/@listen":
    "The address that the server listens on, repeated from the first `listenElement`. Read those: there may be several.",
  "graphics/@sharePolicy": "Whether a VNC client may shut others out; it may when absent.",
  "graphics/@powerControl": "Whether a VNC client may shut down, reboot and reset the guest.",
  "graphics/@wait": "Whether the guest waits for the first VNC client before it boots, with bhyve.",
  "graphics/@socket":
    "The UNIX socket that a VNC server listens on. It takes the place of a first `listenElement` with an address or network.",
  "graphics/@passwd":
    "The password in plain text: never put it into a reason or a log. Empty closes the server; when absent, the host's configuration decides, and there may be none.",
  "graphics/@keymap": "The keyboard layout that the server assumes.",
  "graphics/@passwdValidTo": "When the password stops working, in UTC.",
  "graphics/@connected": "What happens to connected clients when the password changes.",
  "graphics/@tlsPort": "The port for SPICE over TLS; -1 lets libvirt choose.",
  "graphics/@defaultMode":
    "Whether SPICE channels need TLS. With `any`, which applies when absent, they use it where there is a TLS port, and go unencrypted elsewhere.",
  "graphics/@address": "The D-Bus bus that the display is exported on; a private one when absent.",
  "graphics/@p2p": "Whether D-Bus clients connect directly, by descriptors that libvirt hands them.",
  "graphics/@replaceUser": "Whether a new RDP client takes the place of the connected one.",
  "graphics/@multiUser": "Whether several RDP clients may be connected at once.",
  "graphics/@username": "The name that an RDP client logs in with.",
  "graphics/gl": "Rendering with OpenGL on the host's graphics card.",
  "gl/@enable": "Whether OpenGL is used. It gives the guest's drawing commands to the host's graphics driver.",
  "gl/@rendernode": "The path of the host's render device; the first one found when absent.",
  "graphics/audio": "Which of the guest's audio backends the display carries.",
  "audio/@id": "The number of the audio backend.",
  "graphics/listen": "Where the server listens. One is made from the older attributes when there is none.",
  "listen/@type":
    "What the server listens on. `network` takes the address from a libvirt network; with `none` nothing is open, and clients get in through libvirt's API alone.",
  "listen/@address":
    "The IP address or host name. `0.0.0.0` and `::` are all of the host's addresses; when absent, the host's configuration decides, as shipped `127.0.0.1`.",
  "listen/@network": "The libvirt network whose first IPv4 address, or whose device's, the server listens on.",
  "listen/@socket": "The UNIX socket's absolute path; libvirt makes one up when absent.",
  "graphics/channel": "The security of one SPICE channel, where it differs from the default mode.",
  "graphics/channel/@name": "Which channel it is about.",
  "graphics/channel/@mode": "Whether the channel needs TLS.",
  "graphics/image": "How SPICE compresses images.",
  "image/@compression": "How images are compressed.",
  "graphics/jpeg": "How SPICE compresses images with losses on slow connections.",
  "jpeg/@compression": "When images are compressed with losses.",
  "graphics/zlib": "How SPICE compresses further on slow connections.",
  "zlib/@compression": "When images are compressed further.",
  "graphics/playback": "How SPICE compresses sound.",
  "playback/@compression": "Whether sound is compressed.",
  "graphics/streaming": "How SPICE sends moving parts of the screen.",
  "streaming/@mode": "Which parts it treats as video.",
  "graphics/clipboard": "The clipboard that client and guest share through an agent in the guest; on when absent.",
  "clipboard/@copypaste": "Whether text and data can be copied between client and guest.",
  "graphics/mouse": "Who moves the pointer; the client when absent.",
  "mouse/@mode": "Whether the client or the server moves the pointer.",
  "graphics/filetransfer": "Files that a client drops into the guest, through an agent in the guest; on when absent.",
  "filetransfer/@enable": "Whether files can be dropped.",
};
