package io.jobaudit.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;
import javax.sql.DataSource;

import com.sun.net.httpserver.HttpServer;
import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The page in a browser. */
class SummaryPageIT {

	private static final DataSource DATABASE = TestPostgres.migratedDatabase();

	private static final List<String> REQUESTS = new CopyOnWriteArrayList<>();

	/** Hosts that the browser itself contacts. */
	private static final Pattern HOME = Pattern.compile(".*\\b(google|googleapis|gstatic|gvt1)\\.com\\b.*");

	private static final int LIGHT = 1;

	private static final int DARK = 0;

	@TempDir
	private static Path directory;

	private static HttpServer proxy;

	private static Chromium browser;

	private static Path page;

	@BeforeAll
	static void write() throws IOException {
		Path program = Chromium.installed().orElse(null);
		Assumptions.assumeTrue(program != null, "no Chromium on the PATH to show the page: apt-get install chromium");
		proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		proxy.createContext("/", (exchange) -> {
			REQUESTS.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
			exchange.sendResponseHeaders(404, -1);
			exchange.close();
		});
		proxy.start();
		browser = new Chromium(program, directory, proxy.getAddress().getPort());
		RunId run = RealisticRun.seed(DATABASE, 1_000);
		page = new ReportWriter(DATABASE, ReportSettings.of(directory.resolve("reports"), ZoneId.of("Asia/Shanghai")))
			.write(run, () -> false)
			.directory()
			.resolve("summary.html");
	}

	@AfterAll
	static void stop() {
		if (proxy != null) {
			proxy.stop(0);
		}
	}

	@Test
	void theBrowserHasNothingToSayFetchesNothingAndFindsTheDatabasesFigures() throws Exception {
		// when
		Chromium.Outcome shown = browser.open(page, "--dump-dom");
		// then
		assertThat(shown.exitCode()).isZero();
		assertThat(shown.console()).isEmpty();
		assertThat(REQUESTS).filteredOn((request) -> !HOME.matcher(request).matches() && !request.contains("tripwire"))
			.isEmpty();
		ReadPage body = ReadPage
			.of(shown.output().substring(shown.output().indexOf("<body"), shown.output().indexOf("</html>")));
		assertThat(body.figures("failures")).isEqualTo(ReadPage.of(page).figures("failures"))
			.anySatisfy((figure) -> assertThat(figure).startsWith("Failed jobs",
					count("select count(*) from audit.smart_job where state = 'Failed'")));
		assertThat(body.figures("token-spend")).isEqualTo(ReadPage.of(page).figures("token-spend"))
			.anySatisfy((figure) -> assertThat(figure).startsWith("Total tokens",
					count("select sum(total_tokens) from audit.smart_job")));
		assertThat(body.all("rect").count()).as("nothing drawn is lost")
			.isEqualTo(ReadPage.of(page).all("rect").count());
	}

	@Test
	void aPageThatRunsOrFetchesSomethingIsStoppedAndFound() throws Exception {
		// given what a hostile text would be if it were not escaped
		Path hostile = Files.writeString(directory.resolve("hostile.html"), Files.readString(page)
			.replace("</h1>", "</h1><script>document.title = 'run'</script><img src='http://tripwire.invalid/x' />"));
		Path careless = Files.writeString(directory.resolve("careless.html"),
				Files.readString(hostile).replaceAll("<meta http-equiv[^>]*>", ""));
		// when
		Chromium.Outcome stopped = browser.open(hostile, "--dump-dom");
		// then the page's own policy stops it
		assertThat(stopped.console()).as("two complaints")
			.hasSize(2)
			.allMatch((line) -> line.contains("Content Security Policy"));
		assertThat(stopped.output()).contains("<title>Smart jobs, run");
		assertThat(REQUESTS).noneMatch((request) -> request.contains("tripwire"));
		// and this test would see it
		assertThat(browser.open(careless, "--dump-dom").output()).contains("<title>run</title>");
		assertThat(REQUESTS).anyMatch((request) -> request.contains("tripwire"));
	}

	@Test
	void itIsLightByDayAndDarkByNightOnAScreenAndOnATelephone() throws Exception {
		for (int width : List.of(1000, 500)) {
			BufferedImage light = screenshot(width, LIGHT);
			BufferedImage dark = screenshot(width, DARK);
			// in the white and in the black of the first workbook's margin
			assertThat(colors(light)).contains(0xFFFFFF, 0x1F3A5F, 0xB5533C, 0x3F74A8).doesNotContain(0x181F29);
			assertThat(colors(dark)).contains(0x181F29, 0x1F3A5F, 0xE08A74, 0x6FA8DC).doesNotContain(0xB5533C);
		}
	}

	@Test
	void itIsPrintedOnPagesOfA4() throws Exception {
		// given
		Path pdf = directory.resolve("page.pdf");
		// when
		Chromium.Outcome printed = browser.open(page, "--no-pdf-header-footer", "--print-to-pdf=" + pdf);
		// then
		String content = Files.readString(pdf, StandardCharsets.ISO_8859_1);
		assertThat(printed.exitCode()).isZero();
		assertThat(content).startsWith("%PDF-").containsPattern("/MediaBox \\[0 0 59[45]\\S* 84[12]\\S*\\]");
		assertThat(Pattern.compile("/Type /Page\\b(?!s)").matcher(content).results().count()).isBetween(2L, 12L);
	}

	private static BufferedImage screenshot(int width, int scheme) throws IOException, InterruptedException {
		Path png = directory.resolve("page-" + width + "-" + scheme + ".png");
		browser.open(page, "--blink-settings=preferredColorScheme=" + scheme, "--window-size=" + width + ",12000",
				"--screenshot=" + png);
		BufferedImage image = ImageIO.read(png.toFile());
		assertThat(image.getWidth()).isEqualTo(width);
		return image;
	}

	private static List<Integer> colors(BufferedImage image) {
		return IntStream.range(0, image.getWidth() * image.getHeight())
			.map((pixel) -> image.getRGB(pixel % image.getWidth(), pixel / image.getWidth()) & 0xFFFFFF)
			.distinct()
			.boxed()
			.toList();
	}

	private static String count(String sql) {
		return "%,d".formatted(JdbcClient.create(DATABASE).sql(sql).query(Long.class).single());
	}

}
