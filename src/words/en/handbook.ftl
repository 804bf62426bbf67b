### The desk's handbook: how each thing is done, a step a line. What stands on a button is taken from the button's own
### message, in corner brackets, which are drawn as bold type.

desk-handbook = Handbook
desk-handbook-lead = How each thing is done at this desk, by the words on the buttons. What an officer's roles do not include has no button.

handbook-enter = Signing in
handbook-enter-steps =
    Fill in 「{ desk-enter-number }」 and 「{ desk-enter-passphrase }」, then 「{ desk-enter }」. After a wrong try the next one has to wait.
    At the top choose a language; it is kept for the next time. In the margin stands what waits; red is what has waited too long.
    Leaving the seat: 「{ desk-lock }」, at the end of the day 「{ desk-leave }」. After ten minutes without a request the desk locks itself.

handbook-apply = Somebody applies ({ role-counter })
handbook-apply-steps =
    「{ desk-start }」, then 「{ desk-new }」. Say what the journey is for and who applies, then 「{ desk-go-on }」. A journey for work is told where to turn, and nothing of it is kept.
    Write down of each paper who issued it and its date; give the paper back. Fill in the person: family name first in Latin letters, the birth as far as it is known. Other fields may stay empty.
    Somebody of nearly the same name and birth is shown on top: compare. It is for you to decide whether it is the same person.
    「{ desk-hand-in }」. What is not right stands in red beside its field, and nothing is recorded until it is mended.
    If the applicant has to come back first: 「{ desk-keep }」. It then waits under 「{ desk-queue-drafts }」; go on there with 「{ desk-step-fill }」.
    Tell the applicant the number of the application.

handbook-employee = A state employee applies ({ role-counter })
handbook-employee-steps =
    The letter of the unit comes first: choose which one was shown, write down who issued it and its date, then 「{ desk-go-on }」.
    Now the form is open: 「{ desk-step-fill }」, fill in the person, 「{ desk-hand-in }」.

handbook-want = Something is missing
handbook-want-steps =
    Police or border defence: open the application, 「{ desk-step-want }」, choose the papers that are missing, then the same button again.
    Counter: it waits under 「{ desk-queue-incomplete }」. When the papers are there: 「{ desk-step-fill }」, write them down, 「{ desk-hand-in }」.

handbook-decide = Approving (police, border defence)
handbook-decide-steps =
    Under 「{ desk-queue-submitted }」 open the application, then 「{ desk-step-review }」.
    Read it: papers, person, whoever is shown as alike.
    「{ desk-step-approve }」 shows what you sign. If it is right: passphrase, then 「{ desk-sign }」. For a state employee police and border defence both do this; the second finds it under 「{ desk-queue-review }」.
    Nobody approves their own application, or one they typed in where two are asked.

handbook-refuse = Refusing (two officers)
handbook-refuse-steps =
    The first: under 「{ desk-queue-review }」 open it, 「{ desk-step-propose-refusal }」. Choose the ground, write the reasons in the applicant's language, look at deadline and station, then 「{ desk-go-on }」 and 「{ desk-sign }」.
    The second: under 「{ desk-queue-refusals }」 open it, 「{ desk-step-refuse }」, read, 「{ desk-sign }」. Who disagrees: 「{ desk-step-drop-refusal }」, and the review goes on.
    「{ desk-decision }」: print it with 「{ desk-print-now }」 and give it to the applicant.

handbook-print = Signing, printing, handing over ({ role-counter })
handbook-print-steps =
    Under 「{ desk-queue-approved }」 open it, 「{ desk-step-issue }」. A photograph on the card: 「{ desk-portrait }」, before the card is printed.
    「{ desk-print-now }」: at 100 %, on both sides, turned along the long edge. Several at once: under 「{ desk-queue-to-print }」, 「{ desk-several }」.
    Only when the paper is there: 「{ desk-printed }」.
    「{ desk-step-read-back }」: scan or photograph the print, choose the file, then the same button again. A print that cannot be read, or another card, is said: print it again and try anew.
    When the holder comes: under 「{ desk-queue-to-hand-over }」 open it, 「{ desk-step-hand-over }」, compare the person with the permit, then the same button again.

handbook-lost = A card is lost, or found ({ role-counter })
handbook-lost-steps =
    「{ desk-search }」 by number or by name, and open the application.
    「{ desk-step-lose }」, read what follows, then the same button again. From then on terminals that have newer lists refuse the lost copy.
    If the holder is to get another: 「{ desk-step-reprint }」, twice; then print, read back and hand over as above. It has the same number and the next copy number.
    A permit that is given back or was found and handed in: 「{ desk-step-surrender }」.

handbook-mistake = Something is misspelt ({ role-counter })
handbook-mistake-steps =
    Before the permit is signed: open the application, 「{ desk-step-correct }」, mend it, say why, 「{ desk-compare }」, look at before and after, then 「{ desk-step-correct }」. Who had approved it approves it anew.
    After it is signed: open the application, 「{ desk-amend }」. Show the papers again, mend the name, 「{ desk-hand-in }」. It is approved, signed, printed and handed over like any other, and takes the place of the one before, which is taken back.

handbook-batch = Many at once, from Excel ({ role-counter })
handbook-batch-steps =
    「{ desk-batch }」, then 「{ desk-batch-empty }」. Each column says what it is when the pointer rests on its name; fill in a row for each person and save. Columns may be left out, none may be added.
    Choose the file, 「{ desk-batch-look }」. If something is wrong, nothing is taken in: 「{ desk-batch-list }」 lists it by row; mend it and look again.
    「{ desk-batch-take }」. Each row is now an application like any other. One without all its papers waits under 「{ desk-queue-drafts }」. If it is interrupted, do it again with the same file: nothing is taken in twice.

handbook-end = Renewing, withdrawing, revoking
handbook-end-steps =
    Counter: a permit that ends soon stands under 「{ desk-queue-expiring }」. 「{ desk-renew }」 begins a new application from it.
    Counter: whoever does not want the permit any more before it is handed over: 「{ desk-step-withdraw }」.
    Police, border defence: a permit that must not be used any more: 「{ desk-step-propose-revocation }」, and 「{ desk-step-revoke }」 by a second officer, as a refusal.

handbook-matters = What does not fit
handbook-matters-steps =
    「{ desk-matters }」: whoever finds that something does not work raises it there, without names. It goes into the next report, and nobody closes it without words.
    What was done with an application stands on its page, the whole of it.
