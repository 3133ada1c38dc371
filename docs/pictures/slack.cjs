// Blocks of Slack as a page: `take.py` calls it with messages or a view on stdin and shows what comes out to a browser.
// Needs the npm packages slack-blocks-to-jsx, react and react-dom in NODE_PATH.
const fs = require("fs");
const React = require("react");
const { renderToStaticMarkup } = require("react-dom/server");
const { Message } = require("slack-blocks-to-jsx");

const told = JSON.parse(fs.readFileSync(0, "utf8"));
const message = Array.isArray(told) ? told[0] : told;
for (const { element } of message.blocks)
  // Shown closed, with what is chosen: there is nobody to ask for the others.
  if (element && element.type === "external_select")
    Object.assign(element, { type: "static_select", options: [element.initial_option], placeholder: element.initial_option.text });
const style = fs.readFileSync(require.resolve("slack-blocks-to-jsx").replace(/index\.m?js$/, "style.css"), "utf8");
const logo =
  "data:image/svg+xml;utf8," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" width="36" height="36"><rect width="36" height="36" rx="6" fill="#134f7a"/>' +
      '<path d="M6 26 L14 14 L19 20 L24 11 L30 26 Z" fill="#f2c14e"/></svg>',
  );
const shown = React.createElement(Message, {
  blocks: message.blocks,
  logo,
  name: "Steppewatch",
  time: new Date(),
  showBlockKitDebug: false,
  theme: "light",
  withoutWrapper: message === told, // a view
});
const label = (text) => (text ? text.text : "");
const bars = {
  home: [`<div class="bar"><b>Steppewatch</b><span>Home</span><i>Messages</i><i>About</i></div>`, ""],
  modal: [
    `<div class="bar"><b>${label(message.title)}</b><i>✕</i></div>`,
    `<div class="foot"><span>${label(message.close)}</span><b>${label(message.submit)}</b></div>`,
  ],
};
const [above, below] = bars[message.type] || ["", ""];
const own = `body{font-family:Lato,"Noto Sans",sans-serif;padding:20px;max-width:700px;background:#fff}
.bar{display:flex;gap:20px;align-items:baseline;border-bottom:1px solid #ddd;padding-bottom:10px;margin-bottom:14px}
.bar b{font-size:20px}.bar i{font-style:normal;color:#616061}.bar b:first-child:not(:has(~span)){flex:1}
.bar span{border-bottom:3px solid #1264a3;padding-bottom:8px}
.foot{display:flex;gap:12px;justify-content:flex-end;border-top:1px solid #ddd;padding-top:14px;margin-top:14px}
.foot *{border:1px solid #bbb;border-radius:4px;padding:8px 16px}.foot b{background:#007a5a;color:#fff}`;
process.stdout.write(
  `<!doctype html><meta charset="utf-8"><style>${style}${own}</style>${above}${renderToStaticMarkup(shown)}${below}`,
);
