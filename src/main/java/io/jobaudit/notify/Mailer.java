package io.jobaudit.notify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.jobaudit.FailureReason;
import io.jobaudit.ReportTexts;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.FileSystemResource;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Sends one e-mail with the workbooks attached. */
record Mailer(NotifyProperties.Mail properties, JavaMailSender sender) {

	private static final String WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

	/**
	 * Sends a notification.
	 * @throws MessagingException if the mail cannot be written
	 * @throws IOException if a report cannot be read, or the server does not accept the
	 * mail
	 */
	void send(NotificationText text) throws MessagingException, IOException {
		MimeMessage message = this.sender.createMimeMessage();
		MimeMessageHelper mail = new MimeMessageHelper(message, true, "UTF-8");
		mail.setFrom(this.properties.from());
		mail.setTo(this.properties.to().toArray(String[]::new));
		mail.setSubject(text.headline());
		// RFC 3834: no out-of-office reply is wanted.
		message.setHeader("Auto-Submitted", "auto-generated");
		List<Path> workbooks = workbooks(text.notification().reports());
		List<Path> attached = attached(workbooks);
		MailBody body = MailBody.of(text, notAttached(workbooks, attached, text.texts()));
		mail.setText(body.text(), body.html());
		for (Path workbook : attached) {
			mail.addAttachment(workbook.getFileName().toString(), new FileSystemResource(workbook), WORKBOOK);
		}
		try {
			this.sender.send(message);
		}
		catch (MailException ex) {
			throw new IOException("the mail cannot be sent: " + FailureReason.of(reason(ex)), ex);
		}
	}

	/**
	 * Logs in to the server, and sends nothing.
	 * @return the server
	 * @throws IOException if it refuses, or does not answer
	 */
	String check() throws IOException {
		String server = "the mail server";
		try {
			if (this.sender instanceof JavaMailSenderImpl known) {
				server = "the mail server " + known.getHost() + ((known.getPort() > 0) ? ":" + known.getPort() : "");
				known.testConnection();
			}
			return server;
		}
		catch (MessagingException ex) {
			throw new IOException("%s does not answer: %s".formatted(server,
					FailureReason.of(NestedExceptionUtils.getMostSpecificCause(ex))), ex);
		}
	}

	/** The message of the exception itself is a list of classes. */
	private static Throwable reason(MailException failure) {
		Throwable cause = failure;
		if (failure instanceof MailSendException sending && sending.getMessageExceptions().length > 0) {
			cause = sending.getMessageExceptions()[0];
		}
		return NestedExceptionUtils.getMostSpecificCause(cause);
	}

	private static List<Path> workbooks(@Nullable Path reports) throws IOException {
		if (reports == null) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(reports)) {
			return files.filter((file) -> file.toString().endsWith(".xlsx")).sorted().toList();
		}
	}

	private List<Path> attached(List<Path> workbooks) throws IOException {
		List<Path> attached = new ArrayList<>();
		long room = this.properties.maxAttachments().toBytes();
		for (Path workbook : workbooks) {
			long size = Files.size(workbook);
			if (size <= room) {
				attached.add(workbook);
				room -= size;
			}
		}
		return attached;
	}

	private List<String> notAttached(List<Path> workbooks, List<Path> attached, ReportTexts texts) {
		return workbooks.stream()
			.filter((workbook) -> !attached.contains(workbook))
			.map((workbook) -> texts.text("mail.not-attached", this.properties.maxAttachments(),
					workbook.toAbsolutePath()))
			.toList();
	}

}
