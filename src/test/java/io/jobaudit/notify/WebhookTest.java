package io.jobaudit.notify;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import io.jobaudit.Account;
import io.jobaudit.ClosingStatement;
import io.jobaudit.EndlessHeaders;
import io.jobaudit.ExitStatus;
import io.jobaudit.Outcome;
import io.jobaudit.RealProxy;
import io.jobaudit.notify.Findings.FailureKind;
import io.jobaudit.notify.Findings.PreviousList;
import io.jobaudit.notify.RunNotification.NightFacts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebhookTest {

	private static final String OK = "200 {\"errcode\":0,\"code\":0}";

	private static final Instant NOW = Instant.ofEpochMilli(1_795_309_323_000L);

	private static final String SECRET = "SECabc\u667a";

	@Test
	void jsonHasTheFiguresUnderTheirNames() throws IOException {
		JsonNode json = sent(WebhookFormat.JSON,
				RunNotifications.of(2, List.of(new FailureKind("ASR", "E1", 12)), null));

		assertThat(json.toString()).isEqualTo(
				"""
						{"version":1,"event":"run.ended","account":"default","run":17,"exitCode":2,"status":"complete, a limit of yours is passed",\
						"text":"job-audit: run 17, account default: complete, a limit of yours is passed, 150 failed jobs, 1 new kind of failure",\
						"failure":null,"lines":1000,"distinct":990,"duplicates":8,"malformed":2,\
						"outcomes":{"FETCHED":950,"UNCHANGED":0,"NOT_FOUND":35,"EXPIRED":0,"REFUSED":0,"UNREADABLE":5},\
						"pending":0,"reconciled":true,"failedJobs":150,"newKinds":[{"jobType":"ASR","errorCode":"E1","jobs":12}],"reports":null,\
						"host":"audit-1","region":"cn-shanghai","durationSeconds":2590,\
						"errorCodes":{"NoVoice":80,"Quota":40,"TooLong":20,"Other":7,"(no code)":3},\
						"tokens":1234567,"spend":{"CNY":"1012.345","JPY":"1200.5"},"unusualFigures":[],"expiringJobs":0,"link":null}""");
	}

	@Test
	void aNightSaysWhichAccountsAreNotComplete() throws IOException {
		ClosingStatement total = new ClosingStatement(20, 20, 0, 0, Map.of(Outcome.FETCHED, 10L), 10, 10, 1);
		JsonNode json = sent(WebhookFormat.JSON,
				RunNotification.ofNight(
						new NightFacts(3, 1, 2, List.of("account west, run 7, exit 77: SignatureDoesNotMatch")),
						ExitStatus.PERMISSION, total));

		assertThat(json.get("event").stringValue()).isEqualTo("night.ended");
		assertThat(json.get("text").stringValue())
			.isEqualTo("job-audit: night 3, 1 of 2 accounts complete: credentials or permissions are missing");
		assertThat(json.get("account").isNull()).isTrue();
		assertThat(json.get("accountsComplete").asInt()).isEqualTo(1);
		assertThat(json.get("pending").asInt()).isEqualTo(10);
	}

	@Test
	void aNightInAChatHasALineForEachAccountThatIsNotComplete() throws IOException {
		ClosingStatement total = new ClosingStatement(20, 20, 0, 0, Map.of(Outcome.FETCHED, 10L), 10, 10, 1);
		JsonNode json = sent(WebhookFormat.DINGTALK,
				RunNotification
					.ofNight(new NightFacts(3, 1, 2, List.of("account west, run 7, exit 77: SignatureDoesNotMatch")),
							ExitStatus.PERMISSION, total)
					.linkedTo("https://reports.example/{account}/"));

		assertThat(json.at("/text/content").stringValue().lines()).contains(
				"exit code 77: credentials or permissions are missing",
				"account west, run 7, exit 77: SignatureDoesNotMatch", "20 ids = 10 fetched + 10 pending",
				"1 failed jobs");
	}

	@Test
	void dingTalkHasAllThatAPersonOnCallAsksFor() throws IOException {
		Findings findings = RunNotifications.findings(List.of(new FailureKind("ASR", "E1", 12)),
				new PreviousList(16, 1980));
		JsonNode json = sent(WebhookFormat.DINGTALK, RunNotifications.of(2, findings, Path.of("/reports/run-17"))
			.linkedTo("https://reports.example/{account}/run-{run}/summary.html"));

		assertThat(json.at("/text/content").stringValue().lines()).containsExactly(
				"job-audit: run 17, account default: complete, a limit of yours is passed, 150 failed jobs, 1 new kind of failure",
				"exit code 2: complete, a limit of yours is passed",
				"host audit-1, account default, region cn-shanghai, duration 0:43:10",
				"990 ids = 950 fetched + 35 not found + 5 unreadable", "2 malformed lines",
				"the list has 990 ids, but had 1,980 in run 16 (-50 %)",
				"150 failed jobs: NoVoice (80), Quota (40), TooLong (20), others (10)", "new: ASR E1 (12)",
				"1,234,567 tokens, spend CNY 1,012.35 + JPY 1,201", "reports: /reports/run-17 on audit-1",
				"https://reports.example/default/run-17/summary.html");
	}

	@Test
	void dingTalkGetsPlainTextThatMentionsNobody() throws IOException {
		JsonNode json = sent(WebhookFormat.DINGTALK, RunNotifications.hostile());

		assertThat(json.get("msgtype").stringValue()).isEqualTo("text");
		assertThat(json.get("at").toString()).isEqualTo("{\"isAtAll\":false}");
		assertThat(json.get("text").get("content").stringValue()).contains("run 17",
				"950 fetched + 35 not found + 5 unreadable", "reports: /reports/run-17",
				"https://reports.example/default/run-17/");
		assertThat(json.size()).isEqualTo(3);
	}

	@Test
	void feishuGetsAPostOfPlainTexts() throws IOException {
		JsonNode json = sent(WebhookFormat.FEISHU, RunNotifications.hostile());

		assertThat(json.get("msg_type").stringValue()).isEqualTo("post");
		JsonNode post = json.get("content").get("post").get("en_us");
		assertThat(post.get("title").stringValue()).startsWith("job-audit: run 17");
		assertThat(post.get("content")
			.valueStream()
			.flatMap(JsonNode::valueStream)
			.map((cell) -> cell.get("tag").stringValue())).startsWith("text", "text", "text", "text")
			.containsOnlyOnce("a")
			.endsWith("a")
			.hasSize(9);
		assertThat(post.at("/content/8/0/href").stringValue()).isEqualTo("https://reports.example/default/run-17/");
	}

	@Test
	void slackGetsPlainTextBlocksAndAnEscapedFallback() throws IOException {
		JsonNode json = sent(WebhookFormat.SLACK,
				RunNotification.notOpened(new Account("a<b>&c"), null, ExitStatus.UNAVAILABLE, "x")
					.linkedTo("https://reports.example/{account}?a=1&b=2"));

		assertThat(json.get("text").stringValue()).contains("a&lt;b&gt;&amp;c").doesNotContain("<");
		assertThat(json.get("blocks").valueStream().map((block) -> block.get("text").get("type").stringValue()))
			.containsExactly("plain_text", "plain_text", "mrkdwn");
		assertThat(json.at("/blocks/2/text/text").stringValue())
			.isEqualTo("<https://reports.example/a%3Cb%3E%26c?a=1&amp;b=2>");
	}

	/** As Microsoft documents it for "When a Teams webhook request is received". */
	@Test
	void teamsGetsAnAdaptiveCardWhoseTextIsNoMarkdown() throws IOException {
		JsonNode json = sent(WebhookFormat.TEAMS, RunNotifications.hostile());

		assertThat(json.get("type").stringValue()).isEqualTo("message");
		assertThat(json.at("/attachments/0/contentType").stringValue())
			.isEqualTo("application/vnd.microsoft.card.adaptive");
		JsonNode card = json.at("/attachments/0/content");
		assertThat(card.get("type").stringValue()).isEqualTo("AdaptiveCard");
		assertThat(card.get("version").stringValue()).isEqualTo("1.4");
		assertThat(card.get("body").valueStream()).hasSize(9)
			.allSatisfy((block) -> assertThat(block.get("type").stringValue()).isEqualTo("RichTextBlock"))
			.allSatisfy((block) -> assertThat(block.at("/inlines/0/type").stringValue()).isEqualTo("TextRun"));
		assertThat(card.at("/body/0/inlines/0/color").stringValue()).isEqualTo("Attention");
		assertThat(card.at("/body/1/inlines/0/text").stringValue()).startsWith("exit code 3: ");
		assertThat(card.at("/actions/0").toString()).isEqualTo(
				"{\"type\":\"Action.OpenUrl\",\"title\":\"Open\",\"url\":\"https://reports.example/default/run-17/\"}");
		assertThat(sent(WebhookFormat.TEAMS, RunNotifications.of(0, List.of(), null))
			.at("/attachments/0/content/body/0/inlines/0/color")
			.stringValue()).isEqualTo("Good");
	}

	/** Its Markdown would make a mention of what stands between angle brackets. */
	@Test
	void weComGetsMarkdownWithNoMarkupButOurs() throws IOException {
		JsonNode json = sent(WebhookFormat.WECOM, RunNotifications.hostile());

		assertThat(json.get("msgtype").stringValue()).isEqualTo("markdown");
		List<String> lines = json.at("/markdown/content").stringValue().lines().toList();
		assertThat(lines.get(0)).startsWith("<font color=\"warning\">job-audit: run 17, ").endsWith("</font>");
		assertThat(lines.get(lines.size() - 1)).isEqualTo("[Open](https://reports.example/default/run-17/)");
		assertThat(lines.subList(1, lines.size() - 1)).allSatisfy((line) -> assertThat(line).startsWith("> "))
			.allSatisfy((line) -> assertThat(line.substring(2)).doesNotContainPattern("[<>\\[\\]*`#&]"));
		assertThat(lines).anySatisfy((line) -> assertThat(line).contains("\uff1c!channel\uff1e @all \uff3bx\uff3d"));
	}

	@Test
	void weComGetsNoMoreBytesThanItTakesAndStillTheLink() throws IOException {
		FailureKind vast = new FailureKind("x", "\u667a".repeat(300), 1);
		String text = sent(WebhookFormat.WECOM,
				RunNotifications.of(3, Collections.nCopies(50, vast), null).linkedTo("https://reports.example/(a)"))
			.at("/markdown/content")
			.stringValue();

		assertThat(text.getBytes(StandardCharsets.UTF_8).length).isBetween(3200, 4096);
		assertThat(text).endsWith("\n[Open](https://reports.example/%28a%29)");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "https://x.example/{account}/{region}/run-{run} | https://x.example/a%20b/r%2F1/run-17",
					"http://x.example/dashboard?var-account={account} | http://x.example/dashboard?var-account=a%20b" })
	void aLinkHasTheNamesOfTheRun(String template, String link) {
		RunNotification run = RunNotifications.of(0, List.of(), null);
		RunNotification notification = new RunNotification(
				RunNotification.RunOrigin.of(new Account("a b"), "r/1", null), run.run(), run.status(), null, null,
				null, null);

		assertThat(notification.linkedTo(template).origin().link()).isEqualTo(link);
	}

	@Test
	void aRunThatWasNotOpenedHasNoLinkToItsReports() {
		RunNotification notOpened = RunNotification.notOpened(new Account("a"), null, ExitStatus.UNAVAILABLE, "x");

		assertThat(notOpened.linkedTo("https://x.example/run-{run}").origin().link()).isNull();
		assertThat(notOpened.linkedTo("https://x.example/{account}").origin().link()).isEqualTo("https://x.example/a");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JSON")
	void whatComesFromOutsideStaysOnItsLine(WebhookFormat format) {
		String body = format.body(RunNotifications.inEnglish(RunNotifications.hostile()), null, NOW).toString();

		assertThat(body).doesNotContain("\\r", "\u202e", "\\nBcc");
	}

	/** The vectors are openssl's, see the vendors' pages for what is signed. */
	@Test
	void robotsWithASecretGetTheirSignature() {
		URI target = WebhookFormat.DINGTALK.target(URI.create("https://chat.example/send?access_token=t"), SECRET, NOW);
		JsonNode body = WebhookFormat.FEISHU.body(RunNotifications.inEnglish(RunNotifications.hostile()), SECRET, NOW);

		assertThat(query(target)).isEqualTo(Map.of("access_token", "t", "timestamp", "1795309323000", "sign",
				"fo4JyM6E7r9VSyARci9QaROf/FqYXoX4+5VGp7xOvcE="));
		assertThat(body.get("timestamp").stringValue()).isEqualTo("1795309323");
		assertThat(body.get("sign").stringValue()).isEqualTo("k/oD3dJjmyCY1BJk8MrG48AM8J2LAE7VoDqG/Ufkfxc=");
		assertThat(WebhookFormat.DINGTALK.target(URI.create("https://chat.example/x"), null, NOW))
			.hasToString("https://chat.example/x");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "DINGTALK | 200 {\"errcode\":310000,\"errmsg\":\"sign not match\"} | sign not match",
					"FEISHU | 200 {\"code\":19021,\"msg\":\"sign match fail\"} | sign match fail",
					"FEISHU | 200 <html> | <html>",
					"WECOM | 200 {\"errcode\":93000,\"errmsg\":\"invalid webhook url\"} | invalid webhook url",
					"TEAMS | 400 TriggerInputSchemaMismatch | TriggerInputSchemaMismatch",
					"SLACK | 404 no_service | 404", "JSON | 302 moved | 302" })
	void aRefusalIsAFailureWithItsReasonAndWithoutTheToken(WebhookFormat format, String answer, String reason)
			throws IOException {
		try (Chat chat = new Chat(answer)) {
			assertThatThrownBy(() -> send(chat, format, null)).isInstanceOf(IOException.class)
				.hasMessageContainingAll("127.0.0.1", reason)
				.hasMessageNotContaining("hidden");
			assertThat(chat.messages()).as("another attempt is of no use").hasSize(1);
		}
	}

	@Test
	void aFailingServerGetsThreeAttemptsAndOneThatRecoversNoMore() throws IOException {
		try (Chat failing = new Chat("503 x"); Chat recovering = new Chat("500 x", OK)) {
			assertThatThrownBy(() -> send(failing, WebhookFormat.JSON, null)).hasMessageContaining("503");
			send(recovering, WebhookFormat.JSON, null);

			assertThat(failing.messages()).hasSize(3);
			assertThat(recovering.messages()).hasSize(2);
		}
	}

	@ParameterizedTest
	@EnumSource
	void headersWithoutAnEndAreNotRead(EndlessHeaders.Kind kind) throws IOException {
		try (EndlessHeaders server = new EndlessHeaders(kind)) {
			Webhook webhook = new Webhook(server.url(), WebhookFormat.JSON, null, null);

			assertThatThrownBy(() -> webhook.send(RunNotifications.inEnglish(RunNotifications.hostile())))
				.isInstanceOf(IOException.class)
				.hasMessage("the webhook at 127.0.0.1 did not accept the message: the answer has more than 100"
						+ " header lines, or one longer than 16 KB");
		}
	}

	private static JsonNode sent(WebhookFormat format, RunNotification notification) throws IOException {
		try (Chat chat = new Chat(OK)) {
			new Webhook(chat.url(), format, null, null).send(RunNotifications.inEnglish(notification));
			assertThat(chat.queries()).containsExactly("token=hidden");
			assertThat(chat.messages()).hasSize(1);
			return chat.messages().get(0);
		}
	}

	private static void send(Chat chat, WebhookFormat format, @Nullable String secret) throws IOException {
		new Webhook(chat.url(), format, secret, null).send(RunNotifications.inEnglish(RunNotifications.hostile()));
	}

	private static Map<String, String> query(URI target) {
		return Stream.of(target.getRawQuery().split("&"))
			.map((pair) -> pair.split("=", 2))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
	}

	@Test
	void noTextIsLongerThanSlackTakesAndNoCharacterIsTorn() throws IOException {
		FailureKind vast = new FailureKind("x", "\ud83d\ude00".repeat(1000), 1);
		RunNotification notification = RunNotifications.of(3, Collections.nCopies(50, vast), null);

		String text = sent(WebhookFormat.SLACK, notification).get("blocks")
			.get(1)
			.get("text")
			.get("text")
			.stringValue();

		assertThat(text.length()).isBetween(2900, 3000);
		assertThat(text).doesNotContain("?", "\ufffd");
	}

	@ParameterizedTest
	@CsvSource({ "'', ''", "u:secret-1@, BasicAuth u secret-1" })
	void aMessageGoesThroughAProxyWithAndWithoutLogin(String user, String settings, @TempDir Path directory)
			throws Exception {
		List<String> via = new CopyOnWriteArrayList<>();
		HttpServer chat = HttpServer.create(new InetSocketAddress(RealProxy.ownAddress(), 0), 0);
		chat.createContext("/", (exchange) -> {
			via.add(String.valueOf(exchange.getRequestHeaders().getFirst("Via")));
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		chat.start();
		URI url = URI.create("http://%s:%d/hook".formatted(RealProxy.ownAddress(), chat.getAddress().getPort()));
		try (RealProxy proxy = RealProxy.start(directory, settings)) {
			new Webhook(url, WebhookFormat.JSON, null, proxy.url(user))
				.send(RunNotifications.inEnglish(RunNotifications.hostile()));
		}
		finally {
			chat.stop(0);
		}

		assertThat(via).hasSize(1).first().asString().contains("tinyproxy");
	}

}
