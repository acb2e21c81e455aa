package io.jobaudit.cli;

import java.util.List;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.jobaudit.batch.StopRequest;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(WithoutLogging.class)
class StartupFailureNotifierTest {

	@Test
	void aFailureBeforeTheStartIsMailed() throws Exception {
		GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
		server.start();
		try {
			List<String> settings = List.of("--audit.notify.mail.to=ops@corp.example", "--spring.mail.host=127.0.0.1",
					"--spring.mail.port=" + server.getSmtp().getPort());
			assertThatThrownBy(() -> StartupFailureNotifier.onFailure(settings, new StopRequest(), () -> {
				throw new IllegalArgumentException("audit.api.rate is -1");
			})).hasMessage("audit.api.rate is -1");

			assertThat(server.getReceivedMessages()).hasSize(1);
			MimeMessage mail = server.getReceivedMessages()[0];
			assertThat(mail.getSubject()).contains("run not opened");
			assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("ops@corp.example");
		}
		finally {
			server.stop();
		}
	}

}
