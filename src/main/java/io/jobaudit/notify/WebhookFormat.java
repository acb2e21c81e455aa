package io.jobaudit.notify;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.PostgresText;
import io.jobaudit.ReportTexts;
import io.jobaudit.notify.Findings.FailureKind;
import io.jobaudit.notify.Findings.PreviousList;
import io.jobaudit.notify.RunNotification.NightFacts;
import io.jobaudit.notify.RunNotification.RunOrigin;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Formats of webhooks. Texts are plain: they cannot become mentions, links, markup. */
public enum WebhookFormat {

	JSON {

		@Override
		ObjectNode body(NotificationText text, @Nullable String secret, Instant now) {
			return WebhookPayload.of(text);
		}

	},

	/**
	 * A custom robot of DingTalk. The query has the signature of
	 * {@code timestamp + "\n" + secret} with the secret; the answer is 200 with an
	 * {@code errcode}.
	 */
	DINGTALK {

		@Override
		ObjectNode body(NotificationText text, @Nullable String secret, Instant now) {
			ObjectNode body = MAPPER.createObjectNode().put("msgtype", "text");
			body.putObject("text").put("content", text.text());
			body.putObject("at").put("isAtAll", false);
			return body;
		}

		@Override
		URI target(URI url, @Nullable String secret, Instant now) {
			if (secret == null) {
				return url;
			}
			String timestamp = Long.toString(now.toEpochMilli());
			String sign = sign(secret, timestamp + "\n" + secret);
			String separator = (url.getRawQuery() == null) ? "?" : "&";
			return URI.create(url + separator + "timestamp=" + timestamp + "&sign="
					+ URLEncoder.encode(sign, StandardCharsets.UTF_8));
		}

		@Override
		boolean accepts(String answer) {
			return code(answer, "errcode") == 0;
		}

	},

	/**
	 * A custom bot of Feishu. The body has the signature of an empty text with the key
	 * {@code timestamp + "\n" + secret}; the answer is 200 with a {@code code}.
	 */
	FEISHU {

		@Override
		ObjectNode body(NotificationText text, @Nullable String secret, Instant now) {
			ObjectNode body = MAPPER.createObjectNode();
			if (secret != null) {
				String timestamp = Long.toString(now.getEpochSecond());
				body.put("timestamp", timestamp).put("sign", sign(timestamp + "\n" + secret, ""));
			}
			ObjectNode post = body.put("msg_type", "post")
				.putObject("content")
				.putObject("post")
				.putObject(text.texts().text("mail.feishu"));
			post.put("title", text.headline());
			ArrayNode content = post.putArray("content");
			text.lines().forEach((line) -> content.addArray().addObject().put("tag", "text").put("text", line));
			String link = text.notification().origin().link();
			if (link != null) {
				content.addArray().addObject().put("tag", "a").put("text", link).put("href", link);
			}
			return body;
		}

		@Override
		boolean accepts(String answer) {
			return code(answer, "code") == 0 || code(answer, "StatusCode") == 0;
		}

	},

	SLACK {

		@Override
		ObjectNode body(NotificationText text, @Nullable String secret, Instant now) {
			ObjectNode body = MAPPER.createObjectNode().put("text", escaped(text.headline()));
			ArrayNode blocks = body.putArray("blocks");
			for (String part : List.of(text.headline(), String.join("\n", text.lines()))) {
				blocks.addObject()
					.put("type", "section")
					.putObject("text")
					.put("type", "plain_text")
					.put("emoji", false)
					.put("text", PostgresText.cut(part, MAX_PLAIN_TEXT));
			}
			String link = text.notification().origin().link();
			if (link != null) {
				blocks.addObject()
					.put("type", "section")
					.putObject("text")
					.put("type", "mrkdwn")
					.put("text", "<" + escaped(link) + ">");
			}
			return body;
		}

	},

	/**
	 * An Adaptive Card for a workflow of Microsoft Teams. Runs of text are not read as
	 * Markdown; the answer is 202.
	 */
	TEAMS {

		@Override
		ObjectNode body(NotificationText text, @Nullable String secret, Instant now) {
			ObjectNode body = MAPPER.createObjectNode().put("type", "message");
			ObjectNode card = body.putArray("attachments")
				.addObject()
				.put("contentType", "application/vnd.microsoft.card.adaptive")
				.putNull("contentUrl")
				.putObject("content")
				.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
				.put("type", "AdaptiveCard")
				.put("version", "1.4");
			card.putObject("msteams").put("width", "Full");
			ArrayNode blocks = card.putArray("body");
			run(blocks, text.headline()).put("weight", "Bolder").put("color", isGood(text) ? "Good" : "Attention");
			text.lines().forEach((line) -> run(blocks, line));
			String link = text.notification().origin().link();
			if (link != null) {
				card.putArray("actions")
					.addObject()
					.put("type", "Action.OpenUrl")
					.put("title", text.texts().text("mail.link"))
					.put("url", link);
			}
			return body;
		}

		private static ObjectNode run(ArrayNode blocks, String text) {
			return blocks.addObject()
				.put("type", "RichTextBlock")
				.put("spacing", "Small")
				.putArray("inlines")
				.addObject()
				.put("type", "TextRun")
				.put("text", text);
		}

	},

	/**
	 * Markdown for a group robot of WeCom, which has no signatures; the answer is 200
	 * with an {@code errcode}.
	 */
	WECOM {

		@Override
		ObjectNode body(NotificationText text, @Nullable String secret, Instant now) {
			String link = text.notification().origin().link();
			String last = (link == null) ? "" : "\n[%s](%s)".formatted(text.texts().text("mail.link"),
					link.replace("(", "%28").replace(")", "%29"));
			StringBuilder markdown = new StringBuilder("<font color=\"%s\">%s</font>"
				.formatted(isGood(text) ? "info" : "warning", defused(text.headline())));
			for (String line : text.lines()) {
				String quoted = "\n> " + defused(line);
				if (bytes(markdown + quoted + last) > MAX_MARKDOWN) {
					break;
				}
				markdown.append(quoted);
			}
			ObjectNode body = MAPPER.createObjectNode().put("msgtype", "markdown");
			body.putObject("markdown").put("content", markdown + last);
			return body;
		}

		@Override
		boolean accepts(String answer) {
			return code(answer, "errcode") == 0;
		}

		/** What is markup becomes the wide character that looks like it. */
		private static String defused(String text) {
			StringBuilder wide = new StringBuilder(text);
			for (int index = 0; index < wide.length(); index++) {
				if ("<>[]*`#&".indexOf(wide.charAt(index)) >= 0) {
					wide.setCharAt(index, (char) (wide.charAt(index) + WIDE));
				}
			}
			return wide.toString();
		}

		private static int bytes(String text) {
			return text.getBytes(StandardCharsets.UTF_8).length;
		}

	};

	/** Bytes of Markdown that WeCom accepts. */
	private static final int MAX_MARKDOWN = 4096;

	/** From a character of ASCII to its full-width form. */
	private static final int WIDE = 0xFF00 - 0x20;

	/** Longest text that Slack accepts in a block. */
	private static final int MAX_PLAIN_TEXT = 3000;

	private static final JsonMapper MAPPER = JsonMapper.shared();

	abstract ObjectNode body(NotificationText text, @Nullable String secret, Instant now);

	URI target(URI url, @Nullable String secret, Instant now) {
		return url;
	}

	/** Whether the body of a 2xx answer says that the message was accepted. */
	boolean accepts(String answer) {
		return true;
	}

	private static String sign(String key, String text) {
		return Base64.getEncoder().encodeToString(new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key).hmac(text));
	}

	private static boolean isGood(NotificationText text) {
		return text.notification().status() == ExitStatus.COMPLETE;
	}

	private static String escaped(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

	private static int code(String answer, String name) {
		try {
			JsonNode code = MAPPER.readTree(answer).path(name);
			return code.isInt() ? code.intValue() : -1;
		}
		catch (JacksonException ex) {
			return -1;
		}
	}

	/** A notification for programs; an incompatible change gets a new version. */
	private static final class WebhookPayload {

		static ObjectNode of(NotificationText text) {
			RunNotification notification = text.notification();
			NotificationText inEnglish = new NotificationText(notification, ReportTexts.EN);
			RunOrigin origin = notification.origin();
			ObjectNode json = JsonMapper.shared().createObjectNode();
			NightFacts night = origin.night();
			json.put("version", 1).put("event", (night != null) ? "night.ended" : "run.ended");
			json.put("account", (origin.account() != null) ? origin.account().name() : null);
			if (night != null) {
				json.put("night", night.night())
					.put("accounts", night.accounts())
					.put("accountsComplete", night.complete());
			}
			json.put("run", (notification.run() != null) ? notification.run().value() : null)
				.put("exitCode", notification.status().code())
				.put("status", inEnglish.meaning());
			json.put("text", text.headline()).put("failure", notification.failure());
			ClosingStatement statement = notification.statement();
			if (statement != null) {
				json.put("lines", statement.linesRead()).put("distinct", statement.distinctIds());
				json.put("duplicates", statement.duplicates()).put("malformed", statement.malformed());
				ObjectNode outcomes = json.putObject("outcomes");
				statement.outcomesInOrder().forEach((outcome, ids) -> outcomes.put(outcome.name(), ids));
				json.put("pending", statement.pending()).put("reconciled", statement.isReconciled());
				json.put("failedJobs", statement.failedJobs());
			}
			if (notification.lacksFindings()) {
				json.putNull("newKinds");
			}
			else {
				addKinds(json, notification.findings());
			}
			json.put("reports",
					(notification.reports() != null) ? notification.reports().toAbsolutePath().toString() : null);
			json.put("host", origin.host()).put("region", origin.region());
			json.put("durationSeconds", (origin.duration() != null) ? origin.duration().toSeconds() : null);
			if (notification.findings() != null) {
				add(json, notification.findings());
			}
			return json.put("link", origin.link());
		}

		private static void addKinds(ObjectNode json, @Nullable Findings findings) {
			ArrayNode kinds = json.putArray("newKinds");
			List<FailureKind> found = (findings != null) ? findings.newKinds() : List.of();
			found.forEach((kind) -> kinds.addObject()
				.put("jobType", kind.jobType())
				.put("errorCode", kind.errorCode())
				.put("jobs", kind.jobs()));
		}

		private static void add(ObjectNode json, Findings findings) {
			ObjectNode codes = json.putObject("errorCodes");
			findings.errorCodes().forEach(codes::put);
			json.put("tokens", findings.cost().tokens());
			ObjectNode spend = json.putObject("spend");
			findings.cost().spend().forEach((currency, exact) -> spend.put(currency, exact.toPlainString()));
			ArrayNode unusual = json.putArray("unusualFigures");
			findings.unusual()
				.forEach((figure) -> unusual.addObject()
					.put("jobType", figure.jobType())
					.put("figure", figure.isRate() ? "FAILURE_RATE" : "TOKENS")
					.put("amount", figure.amount())
					.put("low", figure.low())
					.put("high", figure.high()));
			json.put("expiringJobs", findings.expiringJobs());
			PreviousList previous = findings.previous();
			if (previous != null) {
				json.putObject("previousList").put("run", previous.run()).put("distinct", previous.distinct());
			}
		}

	}

}
