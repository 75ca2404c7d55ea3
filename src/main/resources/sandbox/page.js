// The page: keeps what one person sees in step with the sandbox and sends what they do.
import { body, element, mrkdwn } from "/render.js";
import { languages, speak, spoken, word } from "/words.js";

const $ = id => document.getElementById(id);
const wish = new URLSearchParams(location.search);
const chosen = {
  as: wish.get("as") ?? localStorage.getItem("as") ?? "",
  channel: wish.get("channel") ?? localStorage.getItem("channel") ?? "",
  thread: null,
};
const seen = {};
let state = null;
let lost = false;
let loading = null;
let again = false;

async function ask(path, values) {
  const response = await fetch(path, values && {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Sandbox-Page": "1" },
    body: JSON.stringify(values),
  });
  const json = await response.json();
  if (!response.ok) throw new Error(json.error);
  return json;
}

function say(text) {
  $("said").textContent = text;
}

/** Does one thing and says how it went; the button that started it waits. */
async function act(path, values, button) {
  if (button) button.disabled = true;
  say(word("sending"));
  try {
    const answer = await ask(path, { as: state.me, language: spoken(), ...values });
    say(answer.said ?? word({ LATE: "late", FAILED: "failed" }[answer.result] ?? "sent"));
  } catch (e) {
    say(e.message);
  } finally {
    if (button) button.disabled = false;
    refresh();
  }
}

/** Reads the state again; what comes while it is being read makes one more reading. */
function refresh() {
  if (loading) {
    again = true;
    return;
  }
  loading = load().finally(() => {
    loading = null;
    if (again) {
      again = false;
      refresh();
    }
  });
}

async function load() {
  try {
    state = await ask(`/api/state?as=${encodeURIComponent(chosen.as)}&language=${spoken()}`);
    if (lost) say(word("back"));
    lost = false;
  } catch {
    lost = true;
    say(word("lost"));
    return;
  }
  chosen.as = state.me;
  if (!state.channels.some(c => c.id === chosen.channel)) chosen.channel = state.channels[0].id;
  for (const channel of state.channels) {
    if (!channel.direct) state.names[channel.id] = channel.name;
  }
  draw();
}

function draw() {
  $("team").textContent = state.team;
  fill($("as"), state.people.map(p => [p.id, p.name]), state.me);
  $("language").value = spoken();
  drawChannels();
  drawLog();
  $("status").textContent = state.status;
  drawChoices();
  drawControls();
  $("replying").hidden = !chosen.thread;
  if (chosen.thread) $("replying").firstElementChild.textContent = word("replyingTo", state.names[chosen.thread.author]);
}

function fill(select, pairs, value) {
  const key = JSON.stringify(pairs);
  if (select.dataset.key !== key) {
    select.replaceChildren(...pairs.map(([id, name]) => new Option(name, id)));
    select.dataset.key = key;
  }
  select.value = value;
}

function drawChannels() {
  const latest = {};
  for (const post of state.posts) latest[post.channel] = post.ts;
  seen[chosen.channel] = latest[chosen.channel];
  replaceIfChanged($("channels"), JSON.stringify([spoken(), chosen.channel, state.channels, latest, seen]), () =>
    state.channels.map(channel => {
      const name = channel.direct ? word("direct", state.names[state.bots[0]]) : "# " + channel.name;
      const node = element("button", "", name);
      if (channel.shared) node.append(element("span", "hidden-text", ` (${word("shared")})`));
      if (channel.id === chosen.channel) node.setAttribute("aria-current", "true");
      else if (latest[channel.id] && latest[channel.id] !== seen[channel.id]) {
        node.className = "new";
        node.append(element("span", "hidden-text", ` (${word("unread")})`));
      }
      node.onclick = () => show(channel.id);
      return node;
    }));
}

function show(channel) {
  chosen.channel = channel;
  chosen.thread = null;
  localStorage.setItem("channel", channel);
  $("log").replaceChildren();
  draw();
}

function replaceIfChanged(node, key, make) {
  if (node.dataset.key === key) return;
  node.dataset.key = key;
  node.replaceChildren(...make());
}

/** Draws only messages that changed, so that focus and half-typed reasons stay. */
function drawLog() {
  const log = $("log");
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const here = state.posts.filter(p => p.channel === chosen.channel);
  const known = new Set(here.map(p => p.ts));
  const replies = Object.groupBy(here.filter(p => p.thread && known.has(p.thread)), p => p.thread);
  const tops = here.filter(p => !p.thread || p.broadcast || !known.has(p.thread));
  const old = new Map([...log.children].map(n => [n.dataset.ts, n]));
  const nodes = tops.map(post => {
    const below = post.thread ? [] : (replies[post.ts] ?? []);
    const key = JSON.stringify([spoken(), state.me, post, below]);
    const before = old.get(post.ts);
    return before?.dataset.key === key ? before : message(post, below, key, before);
  });
  if (nodes.length === 0) nodes.push(element("p", "empty", word("empty")));
  nodes.forEach((node, i) => log.children[i] !== node && log.insertBefore(node, log.children[i] ?? null));
  while (log.children.length > nodes.length) log.lastElementChild.remove();
  if (atEnd) log.scrollTop = log.scrollHeight;
}

function message(post, below, key, before) {
  const node = bubble(post, post.broadcast ? word("inThread") : "");
  node.dataset.key = key;
  node.dataset.ts = post.ts;
  if (!post.thread && !post.private) {
    const reply = element("button", "link", word("reply"));
    reply.type = "button";
    reply.onclick = () => {
      chosen.thread = { ts: post.ts, author: post.author };
      draw();
      $("line").focus();
    };
    node.querySelector(".body").append(reply);
  }
  if (below.length > 0) {
    const thread = element("details", "thread", element("summary", "", word("replies", below.length)));
    thread.open = before?.querySelector(".thread")?.open ?? true;
    thread.append(...below.map(reply => bubble(reply, "")));
    node.append(thread);
  }
  return node;
}

function bubble(post, note) {
  const name = state.names[post.author] ?? post.author;
  const bot = state.bots.includes(post.author) || post.author === "USLACKBOT";
  const at = new Date(Number(post.ts) * 1000);
  const time = element("time", "", at.toLocaleTimeString(spoken(), { hour: "2-digit", minute: "2-digit", hour12: false }));
  time.dateTime = at.toISOString();
  const head = element("div", "", element("span", "who", name), " ");
  if (bot) head.append(element("span", "app", word("app")), " ");
  head.append(time);
  if (post.edits > 0) head.append(" ", element("span", "soft", word("edited", post.edits)));
  const inside = element("div", "body", head);
  if (post.private) inside.append(element("p", "mark", word("onlyYou")));
  if (note) inside.append(element("p", "mark", "↪ " + note));
  const face = element("div", "face" + (bot ? " bot" : ""), name.slice(0, 1));
  face.setAttribute("aria-hidden", "true");
  const node = element("article", post.private ? "private" : "", face, inside);
  inside.append(body(post, state.names, (what, button) => press(post, what, node, button)));
  return node;
}

async function press(post, what, node, button) {
  if (what.confirm && !(await confirmed(what.confirm))) {
    if (button.tagName === "SELECT") button.value = "";
    return;
  }
  const typed = {};
  for (const field of node.querySelectorAll("[data-typed]")) {
    if (field.value) typed[field.dataset.typed] = field.value;
  }
  const { confirm, ...where } = what;
  await act("/api/click", { channel: post.channel, ts: post.ts, typed, ...where }, button);
}

function confirmed(words) {
  const dialog = $("confirm");
  $("confirm-title").textContent = words.title.text;
  $("confirm-text").className = "text";
  $("confirm-text").replaceChildren(
    words.text.type === "mrkdwn" ? mrkdwn(words.text.text, state.names) : words.text.text);
  const [no, yes] = dialog.querySelectorAll("button");
  no.textContent = words.deny.text;
  yes.textContent = words.confirm.text;
  yes.className = words.style === "danger" ? "danger" : "primary";
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise(done => dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true }));
}

/** What is being chosen stays open: the list is only drawn anew when it changed. */
function drawChoices() {
  replaceIfChanged($("choices"), JSON.stringify(state.choices), () =>
    state.choices.map(choice => {
      const select = element("select");
      const known = choice.options.some(o => o.value === choice.value);
      if (!known) select.append(new Option(choice.value, choice.value));
      choice.options.forEach(o => select.append(new Option(o.label, o.value)));
      select.value = choice.value;
      select.onchange = () => act("/api/choose", { id: choice.id, value: select.value }, select);
      return element("label", "", choice.label, " ", select);
    }));
}

function drawControls() {
  replaceIfChanged($("controls"), JSON.stringify(state.controls), () =>
    state.controls.map(control => {
      const node = element("button", "", control.label);
      node.type = "button";
      node.setAttribute("aria-pressed", String(control.active));
      node.onclick = () => act("/api/control", { id: control.id }, node);
      return node;
    }));
}

let hinting = 0;
async function hint() {
  const turn = ++hinting;
  const typed = $("line").value;
  const lines = typed.startsWith("/") ? await ask(`/api/hints?typed=${encodeURIComponent(typed)}`).catch(() => []) : [];
  if (turn === hinting) $("hints").replaceChildren(...lines.map(l => new Option(l)));
}

function send(event) {
  event.preventDefault();
  const text = $("line").value.trim();
  if (!text) return;
  $("line").value = "";
  const where = { channel: chosen.channel, text };
  if (text.startsWith("/")) {
    act("/api/command", where);
  } else {
    act("/api/mention", { ...where, thread: chosen.thread?.ts ?? "" });
  }
  chosen.thread = null;
  $("log").scrollTop = $("log").scrollHeight;
}

/** A link to a message of this workspace leads to it on this page. */
function follow(event) {
  const link = event.target.closest?.("a[href]");
  const found = /\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})/.exec(link?.href ?? "");
  if (!found || !state.channels.some(c => c.id === found[1])) return;
  event.preventDefault();
  if (found[1] !== chosen.channel) show(found[1]);
  const node = document.querySelector(`[data-ts="${found[2]}.${found[3]}"]`);
  node?.scrollIntoView({ block: "center" });
  node?.classList.add("flash");
  setTimeout(() => node?.classList.remove("flash"), 1600);
}

let stream = null;
function listen() {
  stream?.close();
  stream = new EventSource(`/api/events?language=${spoken()}`);
  stream.onmessage = refresh;
  stream.onerror = () => setTimeout(() => {
    refresh();
    if (stream.readyState === EventSource.CLOSED) listen();
  }, 3000);
}

function begin() {
  const wanted = wish.get("language") ?? localStorage.getItem("language") ?? navigator.language.slice(0, 2);
  speak(languages.includes(wanted) ? wanted : "en");
  document.querySelector("aside details").open = innerWidth > 960;
  $("composer").onsubmit = send;
  $("line").oninput = hint;
  $("replying").lastElementChild.onclick = () => {
    chosen.thread = null;
    draw();
  };
  $("as").onchange = () => {
    chosen.as = $("as").value;
    localStorage.setItem("as", chosen.as);
    $("log").replaceChildren();
    refresh();
  };
  $("language").onchange = () => {
    speak($("language").value);
    localStorage.setItem("language", spoken());
    refresh();
    listen();
  };
  document.addEventListener("click", follow);
  refresh();
  listen();
}

begin();
