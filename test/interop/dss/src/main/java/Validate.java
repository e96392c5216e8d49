import eu.europa.esig.dss.diagnostic.DiagnosticData;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.TimestampWrapper;
import eu.europa.esig.dss.enumerations.SubIndication;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Arguments: root certificate, then files. One line a signature or timestamp, tab separated. */
public final class Validate {
  public static void main(String[] args) {
    CommonTrustedCertificateSource trust = new CommonTrustedCertificateSource();
    trust.addCertificate(DSSUtils.loadCertificate(new File(args[0])));
    for (int i = 1; i < args.length; i++) {
      try {
        validate(args[i], trust);
      } catch (RuntimeException error) {
        line(args[i], "unreadable", "NO", error.getClass().getSimpleName(), "-", false, "unmodified");
      }
    }
  }

  private static void validate(String path, CommonTrustedCertificateSource trust) {
    CommonCertificateVerifier verifier = new CommonCertificateVerifier();
    verifier.setTrustedCertSources(trust);
    SignedDocumentValidator validator =
        SignedDocumentValidator.fromDocument(new FileDocument(path));
    validator.setCertificateVerifier(verifier);
    Reports reports = validator.validateDocument(policy());
    SimpleReport simple = reports.getSimpleReport();
    DiagnosticData data = reports.getDiagnosticData();
    for (String id : simple.getSignatureIdList()) {
      SignatureWrapper signature = data.getSignatureById(id);
      SubIndication sub = simple.getSubIndication(id);
      line(path, "signature", String.valueOf(simple.getIndication(id)), String.valueOf(sub),
          String.valueOf(simple.getSignatureFormat(id)), signature.isSignatureIntact() && signature.isSignatureValid(),
          changes(signature));
    }
    for (TimestampWrapper timestamp : data.getTimestampList()) {
      line(path, "timestamp", String.valueOf(simple.getIndication(timestamp.getId())),
          String.valueOf(simple.getSubIndication(timestamp.getId())), String.valueOf(timestamp.getType()),
          timestamp.isSignatureIntact() && timestamp.isSignatureValid() && timestamp.isMessageImprintDataIntact(), "unmodified");
    }
  }

  /**
   * Whoever fills a form in changes what is seen, and DSS says so of every earlier signature. Its own list of
   * object changes tells filling in and signing from what it knows no name for.
   */
  private static String changes(SignatureWrapper signature) {
    if (!signature.arePdfModificationsDetected()) return "unmodified";
    boolean filledIn =
        signature.getPdfUndefinedChanges().isEmpty()
            && signature.getPdfAnnotationChanges().isEmpty()
            && signature.getPdfAnnotationsOverlapConcernedPages().isEmpty()
            && signature.getPdfPageDifferenceConcernedPages().isEmpty();
    return filledIn ? "filled-in" : "modified";
  }

  /**
   * The default policy, but for one demand: the trial issuer names no revocation source, and DSS would
   * stop there instead of judging what we made.
   */
  private static InputStream policy() {
    try (InputStream stream = Validate.class.getResourceAsStream("/policy/constraint.xml")) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      String without =
          text.replaceAll("<(RevocationDataAvailable|AcceptableRevocationDataFound) Level=\"\\w+\"", "<$1 Level=\"IGNORE\"");
      return new ByteArrayInputStream(without.getBytes(StandardCharsets.UTF_8));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static void line(String file, String kind, String indication, String sub, String format, boolean intact, String changes) {
    System.out.println(String.join("\t", new File(file).getName(), kind, indication, sub, format, intact ? "intact" : "broken", changes));
  }
}
