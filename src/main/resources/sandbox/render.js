// Slack's text and blocks as DOM nodes. Text from outside only ever becomes text nodes.
import { word } from "/words.js";

const EMOJI = {
  white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", warning: "⚠️", rotating_light: "🚨", rewind: "⏪",
  hourglass_flowing_sand: "⏳", hourglass: "⌛", mag: "🔍", eyes: "👀", no_entry: "⛔", red_circle: "🔴",
  large_green_circle: "🟢", large_yellow_circle: "🟡", white_circle: "⚪", information_source: "ℹ️", stethoscope: "🩺",
  lock: "🔒", bell: "🔔", rocket: "🚀", hammer_and_wrench: "🛠️", question: "❓", arrow_right: "➡️", pushpin: "📌",
};
const EDGE = "(?<![\\p{L}\\p{N}*_~])";
const INLINE = new RegExp(
  "(?<code>`[^`\\n]+`)|(?<ref><[^<>\\n]+>)|:(?<emoji>[a-z0-9_+-]+):|" +
    `${EDGE}(?<mark>[*_~])(?=\\S)(?<inner>[^\\n]*?\\S)\\k<mark>(?![\\p{L}\\p{N}*_~])`,
  "u");

export function element(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

function unescaped(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** Mrkdwn: fences, quotes, then what stands within a line. */
export function mrkdwn(text, names) {
  const out = document.createDocumentFragment();
  text.split("```").forEach((part, i) => {
    if (i % 2 === 1) {
      out.append(element("pre", "", unescaped(part.replace(/^\n|\n$/g, ""))));
      return;
    }
    const lines = part.split("\n");
    if (i > 0 && lines[0] === "") lines.shift();
    let quote = null;
    lines.forEach((line, n) => {
      const quoted = /^&gt; ?/.exec(line);
      if (quoted) {
        quote ??= out.appendChild(element("blockquote"));
        inline(line.slice(quoted[0].length), quote, names);
        quote.append("\n");
        return;
      }
      quote = null;
      inline(line, out, names);
      if (n < lines.length - 1) out.append("\n");
    });
  });
  return out;
}

function inline(text, out, names) {
  let rest = text;
  for (let found = INLINE.exec(rest); found; found = INLINE.exec(rest)) {
    out.append(unescaped(rest.slice(0, found.index)));
    const { code, ref, emoji, mark, inner } = found.groups;
    if (code) {
      out.append(element("code", "", unescaped(code.slice(1, -1))));
    } else if (ref) {
      out.append(reference(ref.slice(1, -1), names));
    } else if (emoji) {
      out.append(EMOJI[emoji] ?? found[0]);
    } else {
      const node = element({ "*": "strong", _: "em", "~": "s" }[mark]);
      inline(inner, node, names);
      out.append(node);
    }
    rest = rest.slice(found.index + found[0].length);
  }
  out.append(unescaped(rest));
}

function reference(inside, names) {
  const [target, label] = inside.split("|", 2);
  if (target.startsWith("@")) return element("span", "mention", "@" + (names[target.slice(1)] ?? target.slice(1)));
  if (target.startsWith("#")) return element("span", "mention", "#" + (names[target.slice(1)] ?? label ?? target.slice(1)));
  if (target.startsWith("!")) return element("span", "mention", label ?? "@" + target.slice(1));
  return link(unescaped(target), label ? unescaped(label) : unescaped(target));
}

function link(url, label) {
  if (!/^https?:\/\//.test(url)) return document.createTextNode(label);
  const node = element("a", "", label);
  node.href = url;
  node.rel = "noreferrer noopener";
  node.target = "_blank";
  return node;
}

function textObject(text, names) {
  if (!text) return "";
  return text.type === "mrkdwn" ? mrkdwn(text.text, names) : text.text;
}

/** One message's body. `press(what)` is called with block_id, action_id, value and confirm. */
export function body(post, names, press) {
  const out = element("div", "blocks");
  if (post.blocks.length === 0 && post.text !== "") {
    out.append(element("div", "text", mrkdwn(post.text, names)));
  }
  for (const block of post.blocks) {
    out.append(drawn(block, names, press, post.ts));
  }
  for (const file of post.files) out.append(shared(file));
  return out;
}

/** A file; of a picture also what is read to those who do not see it. Its URL is the page server's own. */
function shared(file) {
  if (!file.picture) return element("div", "block soft", file.title);
  const image = element("img", "shared");
  image.src = file.url;
  image.alt = file.alt;
  const words = element("details", "soft", element("summary", "", word("altText")), file.alt);
  return element("figure", "block", element("figcaption", "soft", file.title), image, words);
}

function drawn(block, names, press, ts) {
  const make = (el, i) => interactive(el, block, names, press, ts + block.block_id + i);
  switch (block.type) {
    case "header":
      return element("h3", "", textObject(block.text, names));
    case "divider":
      return element("hr");
    case "section": {
      const node = element("div", "block section");
      if (block.text) node.append(element("div", "text", textObject(block.text, names)));
      if (block.accessory) node.append(make(block.accessory, "a"));
      if (block.fields) {
        const fields = block.fields.map(f => element("div", "text", textObject(f, names)));
        node.append(element("div", "fields", ...fields));
      }
      return node;
    }
    case "context":
      return element("div", "block context",
        ...block.elements.map((e, i) => (e.type === "image" ? make(e, i) : element("span", "text", textObject(e, names)))));
    case "actions":
      return element("div", "block presses", ...block.elements.map(make));
    case "image":
      return element("div", "block", make(block, "i"));
    case "input": {
      const field = make(block.element, "e");
      const label = element("label", "", textObject(block.label, names));
      label.htmlFor = field.id;
      return element("div", "block field", label, field);
    }
    case "rich_text":
      return element("div", "block text", ...block.elements.map(e => rich(e, names)));
    default:
      return element("div", "block soft", block.type);
  }
}

function interactive(el, block, names, press, id) {
  const what = { block_id: block.block_id, action_id: el.action_id, confirm: el.confirm };
  switch (el.type) {
    case "button": {
      const node = element("button", "press " + (el.style ?? ""), el.text.text);
      node.type = "button";
      if (el.accessibility_label) node.setAttribute("aria-label", el.accessibility_label);
      node.onclick = () => press({ ...what, value: el.value ?? "" }, node);
      return node;
    }
    case "overflow": {
      const summary = element("summary", "", "⋯");
      summary.setAttribute("aria-label", word("more"));
      const list = element("div");
      const menu = element("details", "menu", summary, list);
      for (const option of el.options) {
        const node = element("button", "", option.text.text);
        node.type = "button";
        node.onclick = () => {
          menu.open = false;
          press({ ...what, value: option.value }, node);
        };
        list.append(node);
      }
      return menu;
    }
    case "static_select": {
      const node = element("select", "", new Option(el.placeholder?.text ?? word("choose"), ""));
      const options = el.options ?? el.option_groups.flatMap(g => g.options);
      options.forEach(o => node.append(new Option(o.text.text, o.value)));
      node.value = el.initial_option?.value ?? "";
      node.id = "f" + id;
      node.dataset.typed = el.action_id;
      if (block.type !== "input") {
        node.setAttribute("aria-label", el.placeholder?.text ?? word("choose"));
        node.onchange = () => node.value && press({ ...what, value: node.value }, node);
      }
      return node;
    }
    case "plain_text_input": {
      const node = element(el.multiline ? "textarea" : "input");
      node.id = "f" + id;
      node.dataset.typed = el.action_id;
      node.value = el.initial_value ?? "";
      node.placeholder = el.placeholder?.text ?? "";
      node.maxLength = el.max_length ?? 3000;
      return node;
    }
    case "image":
      return element("span", "picture", word("picture") + el.alt_text);
    default:
      return element("span", "soft", el.type);
  }
}

function rich(node, names) {
  const children = () => (node.elements ?? []).map(e => rich(e, names));
  switch (node.type) {
    case "rich_text_section":
      return element("div", "", ...children());
    case "rich_text_list":
      return element(node.style === "ordered" ? "ol" : "ul", "", ...node.elements.map(e => element("li", "", rich(e, names))));
    case "rich_text_quote":
      return element("blockquote", "", ...children());
    case "rich_text_preformatted":
      return element("pre", "", ...children());
    case "user":
      return element("span", "mention", "@" + (names[node.user_id] ?? node.user_id));
    case "channel":
      return element("span", "mention", "#" + (names[node.channel_id] ?? node.channel_id));
    case "broadcast":
      return element("span", "mention", "@" + node.range);
    case "emoji":
      return document.createTextNode(EMOJI[node.name] ?? `:${node.name}:`);
    case "link":
      return link(node.url, node.text ?? node.url);
    default: {
      let out = document.createTextNode(node.text ?? node.fallback ?? "");
      for (const [style, tag] of [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"]]) {
        if (node.style?.[style]) out = element(tag, "", out);
      }
      return out;
    }
  }
}
