package io.jobaudit.simulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("slow")
class OddBodyTest {

	private static final WholeReply JOB = WholeReply.json(200, "r",
			"{\"State\":\"Finished\",\"Title\":\"default_title\"}");

	@ParameterizedTest
	@CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
			TRAILING | {"State":"Finished","Title":"default_title"}} and more
			DOUBLED  | {"State":"Finished","Title":"default_title"}{"State":"Finished","Title":"default_title"}
			EMPTY    | ''
			ARRAY    | [{"State":"Finished","Title":"default_title"}]
			NULL     | null
			TWICE    | {"State":"Twice","State":"Finished","Title":"default_title"}""")
	void aKindHasItsBody(JobIdKind kind, String body) {
		assertThat(text(OddBody.of(kind, JOB), StandardCharsets.UTF_8)).isEqualTo(body);
	}

	@Test
	void charsetsAreOnTheWireWhatTheyAre() {
		WholeReply gbk = OddBody.of(JobIdKind.GBK, JOB);

		assertThat(text(gbk, Charset.forName("GBK"))).contains("\u667a\u80fd");
		assertThat(gbk.headers()).containsEntry("Content-Type", "application/json;charset=gbk");
		assertThat(OddBody.of(JobIdKind.BOM, JOB).bytes()).startsWith(0xef, 0xbb, 0xbf);
		assertThat(OddBody.of(JobIdKind.UTF16, JOB).bytes()).startsWith(0xfe, 0xff);
		assertThat(text(OddBody.of(JobIdKind.CONTROL, JOB), StandardCharsets.UTF_8)).contains("\"bell \u0007\"");
	}

	@Test
	void largeBodiesAreAsLargeAsTheySay() throws IOException {
		WholeReply bomb = OddBody.of(JobIdKind.BOMB, JOB);

		assertThat(OddBody.of(JobIdKind.HUGE, JOB).bytes()).hasSizeBetween(50 << 20, 51 << 20);
		assertThat(bomb.bytes()).hasSizeLessThan(5 << 20);
		assertThat(bomb.headers()).containsEntry("Content-Encoding", "gzip");
		assertThat(inflatedSize(bomb.bytes())).isBetween(1L << 30, (1L << 30) + 1000);
	}

	private static long inflatedSize(byte[] gzip) throws IOException {
		try (GZIPInputStream inflated = new GZIPInputStream(new ByteArrayInputStream(gzip), 1 << 16)) {
			byte[] block = new byte[1 << 16];
			long size = 0;
			for (int read = inflated.read(block); read >= 0; read = inflated.read(block)) {
				size += read;
			}
			return size;
		}
	}

	private static String text(WholeReply reply, Charset charset) {
		return new String(reply.bytes(), charset);
	}

}
