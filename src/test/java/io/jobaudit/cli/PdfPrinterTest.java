package io.jobaudit.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.jobaudit.AuditException;
import io.jobaudit.ConfigurationException;
import io.jobaudit.ExitStatus;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PdfPrinterTest {

	@TempDir
	private Path directory = Path.of("");

	@Test
	void aPageIsPrintedForThoseWhoMayReadThePage() throws Exception {
		// given
		PdfPrinter printer = machine();
		Path page = Files.writeString(this.directory.resolve("page.html"), "<!DOCTYPE html><p>市场部</p>");
		Path pdf = this.directory.resolve("page.pdf");
		// when
		printer.print(page, pdf);
		// then
		assertThat(Files.readAllBytes(pdf)).startsWith("%PDF-".getBytes(StandardCharsets.US_ASCII));
		assertThat(Files.getPosixFilePermissions(pdf)).isEqualTo(Files.getPosixFilePermissions(page));
	}

	@Test
	void aBrowserThatFailsIsNamed() {
		assertThatThrownBy(() -> new PdfPrinter(Path.of("/bin/false")).print(Path.of("page.html"), Path.of("page.pdf")))
			.isInstanceOfSatisfying(AuditException.class, (ex) -> assertThat(ex.status()).isEqualTo(ExitStatus.OUTPUT))
			.hasMessage("cannot print page.pdf: /bin/false ended with 1; the other reports are written");
	}

	private static PdfPrinter machine() {
		try {
			return PdfPrinter.ofMachine();
		}
		catch (ConfigurationException ex) {
			return Assumptions.abort(String.valueOf(ex.getMessage()));
		}
	}

}
