const SCRIPT = 'globalThis.__ran=1';

/** Texts that would run a script, or fetch something, where they became markup. */
const MARKUP = [
  `<script>${SCRIPT}</script>`, `<ScRiPt>${SCRIPT}</ScRiPt>`, `<script src="https://evil.example/x.js"></script>`, `<img src=x onerror=${SCRIPT}>`, `<img src="x" onerror="${SCRIPT}">`, `<svg onload=${SCRIPT}>`, `<svg><script>${SCRIPT}</script></svg>`, `<body onload=${SCRIPT}>`,
  `<iframe src="javascript:${SCRIPT}"></iframe>`, `<iframe srcdoc="<script>${SCRIPT}</script>"></iframe>`, `<object data="javascript:${SCRIPT}"></object>`, `<embed src="javascript:${SCRIPT}">`, `<a href="javascript:${SCRIPT}">x</a>`, `<math><mtext><script>${SCRIPT}</script>`, `<details open ontoggle=${SCRIPT}>`,
  `<video><source onerror=${SCRIPT}></video>`, `<audio src=x onerror=${SCRIPT}>`, `<input autofocus onfocus=${SCRIPT}>`, `<select autofocus onfocus=${SCRIPT}>`, `<marquee onstart=${SCRIPT}>`, `<form action="javascript:${SCRIPT}"><button>x</button></form>`, `<button formaction="javascript:${SCRIPT}">x</button>`,
  `<style>@import 'https://evil.example/x.css';</style>`, `<link rel=stylesheet href=https://evil.example/x.css>`, `<meta http-equiv=refresh content="0;url=javascript:${SCRIPT}">`, `<base href="https://evil.example/">`, `<img src="https://evil.example/leak?x">`, `<img srcset="https://evil.example/a 1x">`, `<picture><source srcset="https://evil.example/a"></picture>`,
  `<div style="background:url(https://evil.example/a)">`, `<svg><use href="data:image/svg+xml,<svg id=x onload=${SCRIPT}>#x"></svg>`, `<svg><animate onbegin=${SCRIPT} attributeName=x dur=1s>`, `<noscript><p title="</noscript><img src=x onerror=${SCRIPT}>">`, `<!--><img src=x onerror=${SCRIPT}>-->`, `<![CDATA[><img src=x onerror=${SCRIPT}>]]>`,
  `<template><script>${SCRIPT}</script></template>`, `"><script>${SCRIPT}</script>`, `'><script>${SCRIPT}</script>`, `</title><script>${SCRIPT}</script>`, `</textarea><script>${SCRIPT}</script>`, `</mark><script>${SCRIPT}</script>`, `<mark><img src=x onerror=${SCRIPT}></mark>`, `&lt;img src=x onerror=${SCRIPT}&gt;`, `\u003cscript\u003e${SCRIPT}\u003c/script\u003e`,
];

/** Addresses that lead to a script, a file or a stranger. */
const ADDRESSES = [
  `javascript:${SCRIPT}`, `JaVaScRiPt:${SCRIPT}`, `java\tscript:${SCRIPT}`, `java&#10;script:${SCRIPT}`, `&#106;avascript:${SCRIPT}`, `&#x6A;avascript:${SCRIPT}`, `javascript&colon;${SCRIPT}`, `\u0001javascript:${SCRIPT}`, ` javascript:${SCRIPT}`, `data:text/html,<script>${SCRIPT}</script>`, `data:text/html;base64,PHNjcmlwdD5nbG9iYWxUaGlzLl9fcmFuPTE8L3NjcmlwdD4=`,
  `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${SCRIPT}'/>`, `vbscript:${SCRIPT}`, 'file:///etc/passwd', 'blob:https://evil.example/x', '//evil.example/x.png', 'https://evil.example/x.png', 'http://evil.example/x.png', '\\\\evil.example\\x.png', '/\\evil.example/x.png',
];

/** Markdown in which those may come. */
const IN_MARKDOWN: readonly ((address: string) => string)[] = [
  (address) => `![picture](${address})`, (address) => `![picture](<${address}>)`, (address) => `[link](${address})`, (address) => `[link](<${address}> "title")`, (address) => `<${address}>`, (address) => `[a]: ${address}\n\n[a] ![a]`, (address) => `[![x](${address})](${address})`, (address) => `| a |\n| - |\n| ![x](${address}) |`,
];

/** At least two hundred. */
export const ATTACKS: readonly string[] = [
  ...MARKUP, ...ADDRESSES.flatMap((address) => IN_MARKDOWN.map((write) => write(address))),
  ...MARKUP.slice(0, 12).map((text) => `\`\`\`html\n${text}\n\`\`\``), ...MARKUP.slice(0, 6).map((text) => `\`\`\`mermaid\ngraph TD; A["${text}"]; click A "javascript:${SCRIPT}"\n\`\`\``), ...MARKUP.slice(0, 6).map((text) => `# ${text}`), ...MARKUP.slice(0, 6).map((text) => `- [ ] ${text}`),
];
