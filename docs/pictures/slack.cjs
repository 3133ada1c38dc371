// Blocks of Slack as a page: `take.py` calls it with the blocks on stdin and shows what comes out to a browser.
// Needs the npm packages slack-blocks-to-jsx, react and react-dom in NODE_PATH.
const fs = require("fs");
const React = require("react");
const { renderToStaticMarkup } = require("react-dom/server");
const { Message } = require("slack-blocks-to-jsx");

const [message] = JSON.parse(fs.readFileSync(0, "utf8"));
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
});
const own = 'body{font-family:Lato,"Noto Sans",sans-serif;padding:20px;max-width:700px;background:#fff}';
process.stdout.write(`<!doctype html><meta charset="utf-8"><style>${style}${own}</style>${renderToStaticMarkup(shown)}`);
