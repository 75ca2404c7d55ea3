// Every word of the page itself, in both languages. What the bot says comes from the bot.
const WORDS = {
  en: {
    page: "Rollback Bot sandbox",
    skip: "To the message field",
    notReal: "Sandbox: nothing here is real",
    actAs: "Act as",
    language: "Language",
    channels: "Channels",
    messages: "Messages",
    composer: "Type a command such as /rollback 6831359, or write to @rollback",
    send: "Send",
    cancel: "Cancel",
    world: "The world around the bot",
    service: "The service now",
    settings: "Users and code",
    breakThings: "Make things happen",
    empty: "Nothing here yet. Try the command below.",
    app: "APP",
    onlyYou: "Only visible to you",
    inThread: "replied to a thread",
    edited: n => (n === 1 ? "(edited)" : `(edited ${n} times)`),
    replies: n => (n === 1 ? "1 reply" : `${n} replies`),
    reply: "Reply in thread",
    replyingTo: name => `Replying to ${name} in a thread`,
    direct: name => `@ ${name}`,
    shared: "shared with another company",
    unread: "new messages",
    more: "More actions",
    choose: "Choose",
    picture: "Picture: ",
    altText: "Description for screen readers",
    sending: "Sending…",
    sent: "Sent",
    late: "The app did not answer within 3 seconds (operation_timeout)",
    failed: "The app could not be reached or refused (dispatch_failed)",
    lost: "No connection to the sandbox; trying again",
    back: "Connected again",
    everyone: "everyone here",
  },
  ja: {
    page: "Rollback Bot サンドボックス",
    skip: "入力欄へ",
    notReal: "サンドボックス：本物には影響しません",
    actAs: "操作する人",
    language: "言語",
    channels: "チャンネル",
    messages: "メッセージ",
    composer: "/rollback 6831359 のようなコマンド、または @rollback へのメッセージ",
    send: "送信",
    cancel: "やめる",
    world: "ボットのまわりの世界",
    service: "サービスの現状",
    settings: "利用者とコード",
    breakThings: "出来事を起こす",
    empty: "まだ何もありません。下の欄にコマンドを入力してみてください。",
    app: "アプリ",
    onlyYou: "あなただけに表示されています",
    inThread: "スレッドに返信しました",
    edited: n => (n === 1 ? "（編集済み）" : `（${n}回編集済み）`),
    replies: n => `${n}件の返信`,
    reply: "スレッドで返信",
    replyingTo: name => `${name} さんのスレッドに返信中`,
    direct: name => `@ ${name}`,
    shared: "社外と共有",
    unread: "新着あり",
    more: "その他の操作",
    choose: "選択",
    picture: "画像：",
    altText: "読み上げ用の説明",
    sending: "送信中…",
    sent: "送信しました",
    late: "アプリが3秒以内に応答しませんでした（operation_timeout）",
    failed: "アプリに届かないか、拒否されました（dispatch_failed）",
    lost: "サンドボックスに接続できません。再試行しています",
    back: "再接続しました",
    everyone: "ここにいる全員",
  },
};

let language = "en";

export const languages = Object.keys(WORDS);

export function speak(chosen) {
  language = languages.includes(chosen) ? chosen : "en";
  document.documentElement.lang = language;
  document.title = word("page");
  for (const node of document.querySelectorAll("[data-word]")) {
    node.textContent = word(node.dataset.word);
  }
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", word(node.dataset.label));
  }
}

export function spoken() {
  return language;
}

export function word(key, ...values) {
  const found = WORDS[language][key];
  return typeof found === "function" ? found(...values) : found;
}
