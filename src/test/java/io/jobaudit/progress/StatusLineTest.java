package io.jobaudit.progress;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatusLineTest {

	private final ScreenText screen = new ScreenText();

	private final StatusLine line = new StatusLine(this.screen.stream(), StandardCharsets.UTF_8, () -> 80, false);

	private final PrintStream through = new PrintStream(this.line, true, StandardCharsets.UTF_8);

	@Test
	void whatIsWrittenAppearsAboveTheLine() {
		this.line.show("half done");
		this.through.println("first");
		this.through.print("second\nthird\n");
		this.line.show("done");

		assertThat(this.screen.lines()).containsExactly("first", "second", "third", "done");
	}

	@Test
	void aLineThatIsWrittenInPiecesIsNotTorn() {
		this.line.show("half done");
		this.through.print("a ");
		this.line.show("more than half done");
		this.through.print("line");
		assertThat(this.screen.lines()).containsExactly("a line");

		this.through.println();
		assertThat(this.screen.lines()).containsExactly("a line", "more than half done");
	}

	@Test
	void anEmptyTextLeavesNothing() {
		this.line.show("half done");
		this.line.show("");
		this.through.println("the end");

		assertThat(this.screen.lines()).containsExactly("the end", "");
	}

}
